"""The licences: from bought to habit as bars, what sleeps in euros, and the form."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from core import licences
from core.i18n import formats, plural
from core.ladder import Ladder, Licences, Part
from core.scene import Scene
from core.ui import cards, components, export_guide, licence_form
from core.ui.components import rich
from core.ui.tables import table
from core.ui.views import lifecycle_cohorts, lifecycle_recent

# What of the licences asleep is lost after a step.
_PARTS: Mapping[str, Part] = {
    "bought": "spare",
    "assigned": "never",
    "activated": "stopped",
}
_RUNGS = ("bought", "assigned", "activated", "active", "habitual")


def draw(one: Scene, found: Licences | None) -> None:
    """Draw the steps and the cost side by side, then the licences by kind."""
    visit = one.visit
    if found is None:
        title = visit.text("page.lifecycle.ladder.title")
        key = "few" if one.workspace.has("user") else "no_users"
        missing = visit.text(f"page.lifecycle.ladder.{key}")
        guide = export_guide.folded(visit, "user") if key == "no_users" else ""
        components.show(components.empty_state(title, missing), guide)
        if key == "no_users" and visit.can("import"):
            cards.add_files(visit.language)
        if key == "few":
            lifecycle_cohorts.first_action(one)
        return
    left, right = st.columns([3, 2], gap="small")
    with left:
        components.show(_steps(one, found))
    with right:
        if not _is_told(found) or visit.can("configure"):
            with st.container(border=True, key="card_asleep"):
                _cost(one, found)
                _form(one)
        lifecycle_cohorts.first_action(one)
        lifecycle_recent.draw(one)
    if found.kinds:
        with st.container(border=True, key="card_licence_kinds"):
            _kinds(one, found)


def _money(one: Scene, amount: float) -> str:
    currency = one.workspace.settings.currency
    return formats.money(amount, one.visit.language, currency=currency)


def _steps(one: Scene, found: Licences) -> str:
    """Return the card of the steps, each a bar, with what is lost on the way."""
    visit, total = one.visit, found.total
    whole = total.paid or 1
    rows = []
    for rung in _RUNGS:
        count = getattr(total, rung)
        if rung == "bought" and count is None:
            continue
        lost = _lost(one, found, rung)
        rows.append(_step(one, rung, count, whole, lost))
    title = visit.text("page.lifecycle.ladder.title")
    told = (_acting(one, found), _apart(one, total), _known(one, total))
    notes = [note for note in told if note]
    if one.is_filtered:
        notes.append(visit.text("page.lifecycle.ladder.filtered"))
    body = [f'<ol class="rungs">{"".join(rows)}</ol>']
    body += [components.note(note) for note in notes]
    return components.card(*body, title=title, note=_yearly(one, found))


def _is_told(found: Licences) -> bool:
    """Whether the title and the steps say all of what sleeps: priced, nothing odd."""
    total = found.total
    is_odd = found.is_partly_priced or total.bought is None
    return bool(found.cost) and not is_odd and not _short(found)


def _yearly(one: Scene, found: Licences) -> str:
    """Return what sleeps in a year, nothing without a price."""
    if not found.cost or not found.total.asleep:
        return ""
    return plural(
        "page.lifecycle.asleep.say",
        found.total.asleep,
        one.visit.language,
        yearly=_money(one, found.yearly or 0.0),
        whole=one.look.number(found.total.paid),
    )


def _acting(one: Scene, found: Licences) -> str:
    """Return who left an action: beside the stairs, not a step of them."""
    count = found.total.acting
    if count is None:
        return ""
    language = one.visit.language
    said = plural("page.lifecycle.ladder.acting", count, language)
    lost = _lost(one, found, "acting")
    return f"{said} {formats.capital(lost)}." if lost else said


def _step(one: Scene, rung: str, count: int | None, whole: int, lost: str) -> str:
    label = one.visit.text(f"page.lifecycle.rung.{rung}")
    after = f'<p class="lost">{rich(lost)}</p>' if lost else ""
    if count is None:
        hidden = one.visit.text("page.lifecycle.ladder.hidden")
        return (
            f'<li><span class="lab">{escape(label)}</span>'
            f'<span class="note">{escape(hidden)}</span>{after}</li>'
        )
    width = 100 * count / whole
    share = formats.percent(count / whole, one.visit.language)
    value = f"<b>{escape(one.look.number(count))}</b> · {escape(share)}"
    return (
        f'<li class="{rung}"><span class="lab">{escape(label)}</span>'
        f'<span class="val">{value}</span><div class="track" aria-hidden="true">'
        f'<span style="width:{width:.1f}%"></span></div>{after}</li>'
    )


def _lost(one: Scene, found: Licences, rung: str) -> str:
    """Return who is lost after a step, in words, with what it costs a month."""
    total, language = found.total, one.visit.language
    counts = {
        "bought": total.spare,
        "assigned": total.never,
        "activated": total.stopped,
        "active": None
        if total.active is None or total.habitual is None
        else total.active - total.habitual,
        "acting": None
        if total.active is None or total.acting is None
        else total.active - total.acting,
    }
    count = counts.get(rung)
    if not count:
        return ""
    words = plural(f"page.lifecycle.lost.{rung}", count, language)
    part = _PARTS.get(rung)
    worth = found.worth(part) if part else None
    if not worth:
        return words
    cost = _money(one, worth)
    return one.visit.text("page.lifecycle.lost.cost", lost=words, cost=cost)


def _apart(one: Scene, total: Ladder) -> str:
    """Return who is left out of the licences asleep, and why."""
    language = one.visit.language
    counts = {"on_leave": total.on_leave, "arriving": total.arriving}
    parts = [
        plural(f"page.lifecycle.apart.{name}", count, language)
        for name, count in counts.items()
        if count
    ]
    if parts:
        listed = formats.listing(parts, language)
        return one.visit.text("page.lifecycle.apart", parts=listed)
    return "" if one.shows_people else one.visit.text("page.lifecycle.apart.teams")


def _known(one: Scene, total: Ladder) -> str:
    """Say that the data may begin after a first use, where nothing else tells."""
    if not total.unknown or one.workspace.period is None:
        return ""
    first = formats.day(one.workspace.period[0], one.visit.language)
    key = "page.lifecycle.ladder.unknown"
    return plural(key, total.unknown, one.visit.language, first=first)


def _cost(one: Scene, found: Licences) -> None:
    """Draw what sleeps: the amount, or the number while nobody typed a price."""
    visit, total = one.visit, found.total
    parts = [components.heading(visit.text("page.lifecycle.asleep.title"))]
    if total.asleep is None:
        parts.append(components.paragraph(visit.text("page.lifecycle.asleep.hidden")))
    elif not total.asleep:
        parts.append(components.paragraph(visit.text("page.lifecycle.asleep.nobody")))
    elif found.cost is None:
        words = plural("page.lifecycle.asleep.count", total.asleep, visit.language)
        parts.append(components.big_number(one.look.number(total.asleep), words))
        parts.append(components.paragraph(visit.text("page.lifecycle.asleep.unpriced")))
    else:
        month = visit.text("page.lifecycle.asleep.per_month")
        parts.append(components.big_number(_money(one, found.cost), month))
    if found.is_partly_priced:
        parts.append(components.note(visit.text("page.lifecycle.asleep.partly")))
    if total.bought is None and not one.is_filtered:
        parts.append(components.note(visit.text("page.lifecycle.asleep.assigned")))
    components.show(*parts)
    short = _short(found)
    if short:
        names = [_kind(one, kind) for kind in short if kind.kind is not None]
        key = "page.lifecycle.asleep.short"
        if names:
            key = "page.lifecycle.asleep.short_kind"
        said = visit.text(key, kinds=formats.listing(names, visit.language))
        components.show(components.notice("watch", said))


def _short(found: Licences) -> list[Ladder]:
    """Return the kinds of which more are assigned than were bought."""
    return [kind for kind in (found.total, *found.kinds) if kind.is_short]


def _kind(one: Scene, ladder: Ladder) -> str:
    return ladder.kind or one.visit.text("page.lifecycle.kind.none")


def _kinds(one: Scene, found: Licences) -> None:
    """Draw a row a kind of licence."""
    visit, look = one.visit, one.look
    names = ("kind", "bought", "assigned", "active", "habitual", "asleep", "price")
    columns = {name: visit.text(f"page.lifecycle.kind.{name}") for name in names}
    columns["cost"] = visit.text("page.lifecycle.kind.cost")
    rows = []
    for kind in found.kinds:
        row: dict[str, object] = {"kind": _kind(one, kind)}
        if kind.is_hidden:
            row["asleep"] = visit.text("page.home.profiles.hidden")
        else:
            counts = {name: getattr(kind, name) for name in names[1:6]}
            row |= {name: look.number(count) for name, count in counts.items()}
        if kind.price is not None:
            digits = 0 if float(kind.price).is_integer() else 2
            row["price"] = formats.money(
                kind.price,
                visit.language,
                currency=one.workspace.settings.currency,
                digits=digits,
            )
        if kind.cost is not None:
            row["cost"] = _money(one, kind.cost)
        rows.append(row)
    title = visit.text("page.lifecycle.kind.title")
    numeric = set(columns) - {"kind"}
    components.show(
        components.heading(title),
        table(columns, rows, caption=title, numeric=numeric, strong={"asleep", "cost"}),
    )


def _form(one: Scene) -> None:
    """Offer to type what was bought and what it costs, to whoever may."""
    visit = one.visit
    if not visit.can("configure"):
        return
    kinds = licences.known_kinds(one.workspace, one.period.as_of)
    typed = bool(one.workspace.settings.licences)
    label = visit.text(f"page.lifecycle.form.{'change' if typed else 'type'}")
    with st.expander(label, expanded=not typed, key="licence_form"):
        licence_form.draw(visit, kinds)
