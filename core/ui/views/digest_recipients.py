"""Who gets a text of the week by mail: the list, one more, and a trial."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from core.accounts import digests
from core.accounts.digests import Recipient
from core.digest import mail, person, post, rounds, team, week
from core.digest.model import KINDS, Kind
from core.errors import MailUnset, NamesHidden, NotAllowed
from core.i18n import LANGUAGES, formats
from core.settings import ROOT
from core.ui import auth, components
from core.ui.language import reader_zone
from core.ui.views.digest import today
from core.visit import Visit

# A Monday, to name the days of the week after.
_MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def draw(visit: Visit) -> None:
    """Draw the recipients of the workspace; for administrators only."""
    if not visit.can("people"):
        raise NotAllowed()
    workspace_id = visit.workspace_id
    if workspace_id is None or visit.workspace is None:
        return
    names = _known(visit)
    with st.container(key="card_recipients"):
        title = visit.text("page.recipients.title")
        note = visit.text("page.recipients.note")
        components.show(components.heading(title, note))
        _server(visit)
        every = digests.recipients(workspace_id)
        sent = digests.last_sent(workspace_id)
        for one in every:
            _recipient(visit, one, names, sent.get(one.recipient_id))
        if not every:
            components.show(components.note(visit.text("page.recipients.none")))
    with st.container(key="card_recipient"):
        _add(visit, names)


def _known(visit: Visit) -> dict[tuple[str, str], str]:
    """Return the name of everything a text may be about, by kind and identifier."""
    found: dict[tuple[str, str], str] = {("company", ""): visit.workspace_name}
    assert visit.workspace is not None
    if not visit.workspace.objects:
        return found
    last = week.last(visit.workspace, today(visit))
    if last is None:
        return found
    found |= {("team", name): name for name in team.listed(visit, last)}
    try:
        rows = person.listed(visit, last)
    except NamesHidden:
        return found
    people = zip(rows["user_id"], rows["name"], strict=True)
    return found | {("person", str(who)): str(name) for who, name in people}


def _server(visit: Visit) -> None:
    """Say through which server the texts leave, and offer a trial."""
    try:
        server = post.server()
    except MailUnset:
        words = visit.text("page.recipients.server_off")
        components.show(components.notice("not_enough_data", words))
        return
    words = visit.text(
        "page.recipients.server_on", sender=server.sender, host=server.host
    )
    components.show(components.notice("info", words))
    components.show(components.note(visit.text("page.recipients.cron")))
    command = f"0 7 * * *  cd {ROOT} && .venv/bin/python -m core digest --send"
    st.code(f"{command} {visit.workspace_id}", language=None, wrap_lines=True)
    if st.button(visit.text("page.recipients.try"), key="recipients_try"):
        with auth.saying(visit.language):
            _try(visit, post.Post(server))


def _try(visit: Visit, line: post.Post) -> None:
    """Send the direction's text to whoever asks, now."""
    told = rounds.compose(visit, today(visit), "company", "", visit.language)
    to = visit.account.email
    try:
        line.send(mail.message(told, line.sender, to, datetime.now(UTC)))
    finally:
        line.close()
    words = visit.text("page.recipients.tried", email=to)
    components.show(components.notice("healthy", words))


def _recipient(
    visit: Visit, one: Recipient, names: dict[tuple[str, str], str], at: int | None
) -> None:
    workspace_id = one.workspace_id
    kind = visit.text(f"page.digest.kind.{one.kind}")
    about = names.get((one.kind, one.about), one.about) if one.about else ""
    parts = [f"{kind} ({about})" if about else kind, one.language.upper()]
    day = _weekday(one.weekday, visit.language)
    parts.append(visit.text("page.recipients.since", weekday=day))
    if at is not None:
        moment = datetime.fromtimestamp(at, UTC).astimezone(reader_zone())
        shown = formats.day(moment, visit.language)
        parts.append(visit.text("page.recipients.sent", day=shown))
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        components.show(
            components.paragraph(f"**{one.email}**"),
            components.note(" · ".join(parts)),
        )
    label = visit.text("page.recipients.remove")
    if right.button(label, key=f"remove_{one.recipient_id}", width="stretch"):
        digests.remove(visit.who, workspace_id, one.recipient_id)
        st.rerun()


def _weekday(place: int, language: str) -> str:
    return formats.named_weekday(_MONDAY + timedelta(days=place), language)


def _add(visit: Visit, names: dict[tuple[str, str], str]) -> None:
    """Draw the fields of one more recipient; those of a kind depend on it."""
    kinds = [kind for kind in KINDS[::-1] if any(key[0] == kind for key in names)]
    left, right = st.columns(2)
    kind: Kind = left.selectbox(
        visit.text("page.recipients.kind"),
        kinds,
        format_func=lambda one: visit.text(f"page.digest.kind.{one}"),
        key="recipient_kind",
    )
    about = ""
    if kind != "company":
        about = right.selectbox(
            visit.text(f"page.digest.which.{kind}"),
            [key[1] for key in names if key[0] == kind],
            format_func=lambda one: names[kind, one],
            key=f"recipient_{kind}",
        )
    first, second, third = st.columns([2, 1, 1])
    email = first.text_input(
        visit.text("page.recipients.email"), max_chars=254, key="recipient_email"
    )
    language = second.selectbox(
        visit.text("page.digest.language"),
        LANGUAGES,
        index=LANGUAGES.index(visit.language),
        format_func=str.upper,
        key="recipient_language",
    )
    weekday = third.selectbox(
        visit.text("page.recipients.weekday"),
        range(7),
        format_func=lambda place: _weekday(place, visit.language),
        key="recipient_weekday",
    )
    if st.button(visit.text("page.recipients.add"), key="recipient_add"):
        with auth.saying(visit.language):
            digests.add(
                visit.who,
                visit.workspace_id or "",
                kind=kind,
                about=about,
                email=email,
                language=language,
                weekday=weekday,
            )
            st.rerun()
