"""Leave and working time of each person, by a click or from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from core import effects, indicators, periods
from core.i18n import formats, plural
from core.scene import Scene
from core.ui import components, deciding, links
from core.ui.views.profiles_people import names
from core.workspace_settings import Absence, WorkspaceSettings

_SHARES = (1.0, 0.75, 0.5, 0.25)
_LEAST_PERCENT = 10
_PER_PAGE = 10
_LIST = (4, 4, 2, 1.6)
# Months told of after an absence is kept, the latest first.
_TOLD = 3


def draw(one: Scene) -> None:
    """Draw what was said of people's time, and the way to say more."""
    visit = one.visit
    if not one.shows_people:
        components.show(
            components.notice("info", visit.text("page.profiles.away.teams_only"))
        )
        _file(one)
        return
    people = names(indicators.members(one.workspace.protect(one.everyone)))
    with st.container(border=True, key="card_away"):
        components.show(
            components.heading(
                visit.text("page.profiles.away.title"),
                visit.text("page.profiles.away.note"),
            )
        )
        if visit.can("configure"):
            _add_absence(one, people)
        _absences(one)
        _file(one)
    with st.container(border=True, key="card_part_time"):
        components.show(
            components.heading(
                visit.text("page.profiles.part.title"),
                visit.text("page.profiles.part.note"),
            )
        )
        if visit.can("configure"):
            _add_share(one, people)
        _part_times(one)


def _file(one: Scene) -> None:
    """Draw the way to import leave from a file."""
    visit = one.visit
    components.show(components.note(visit.text("page.profiles.away.file")))
    if visit.can("import"):
        links.page_link(visit, "data", visit.text("page.profiles.away.import"))


def _person(one: Scene, people: Mapping[str, str], key: str) -> None:
    label = one.visit.text("page.profiles.column.person")
    st.selectbox(
        label,
        list(people),
        index=None,
        format_func=lambda shown: str(people[shown]),
        placeholder=label,
        key=key,
    )


def _add_absence(one: Scene, people: Mapping[str, str]) -> None:
    visit = one.visit
    with st.form("away", border=False):
        who, when, part = st.columns([3, 3, 2])
        with who:
            _person(one, people, "away_person")
        with when:
            st.date_input(
                visit.text("page.profiles.away.days"),
                value=(one.period.first_day, one.period.first_day),
                format="DD/MM/YYYY",
                key="away_days",
            )
        with part:
            st.selectbox(
                visit.text("page.profiles.away.part"),
                _SHARES,
                format_func=lambda share: _share(one, share),
                key="away_share",
            )
        st.form_submit_button(
            visit.text("page.profiles.away.add"), on_click=_keep_absence, args=(one,)
        )


def _share(one: Scene, share: float) -> str:
    if share == 1:
        return one.visit.text("page.profiles.away.whole_day")
    percent = formats.percent(share, one.visit.language)
    return one.visit.text("page.profiles.away.part_day", percent=percent)


def _names(one: Scene) -> dict[str, str]:
    """Return everybody's name, as this reader sees it, by user_id."""
    shown = one.workspace.protect(one.everyone)
    return dict(zip(one.everyone["user_id"], shown["name"], strict=True))


def _keep_absence(one: Scene) -> None:
    visit = one.visit
    shown, days = st.session_state["away_person"], st.session_state["away_days"]
    if shown is None or len(days) != 2:
        deciding.refuse(visit.text("page.profiles.away.incomplete"))
        return
    user = one.workspace.identifier(shown)
    absence = partial(Absence, user, days[0], days[1], st.session_state["away_share"])
    name = _names(one).get(user, shown)
    deciding.decide(
        visit,
        "absence_add",
        lambda settings: replace(settings, absences=(*settings.absences, absence())),
        lambda: _told(one, user, name),
        user=user,
        days=(days[1] - days[0]).days + 1,
    )


def _told(one: Scene, user: str, name: str) -> str:
    """Return what a person is expected now, in the months that changed."""
    visit = one.visit
    after = deciding.reopened(visit)
    latest = periods.period(after, periods.months(after)[0])
    found = effects.of_time(one.workspace, after, user, latest)
    if not found:
        return visit.text("page.profiles.away.kept", name=name)
    months = [
        visit.text(
            "page.profiles.away.month",
            month=formats.month(change.month, visit.language),
            before=formats.number(change.before, visit.language, digits=1),
            after=formats.number(change.after, visit.language, digits=1),
        )
        for change in found[:_TOLD]
    ]
    listed = formats.listing(months, visit.language)
    return visit.text("page.profiles.away.effect", name=name, months=listed)


def _absences(one: Scene) -> None:
    visit, spoken = one.visit, one.visit.language
    kept = sorted(
        one.workspace.settings.absences, key=lambda a: a.first_day, reverse=True
    )
    if not kept:
        components.show(components.note(visit.text("page.profiles.away.none")))
        return
    known = _names(one)
    pages = -(-len(kept) // _PER_PAGE)
    page = min(int(st.session_state.get("away_page", 1)), pages)
    for rank, absence in enumerate(kept[(page - 1) * _PER_PAGE : page * _PER_PAGE]):
        days = visit.text(
            "page.profiles.away.from_to",
            first=formats.day(absence.first_day, spoken),
            last=formats.day(absence.last_day, spoken),
        )
        if absence.first_day == absence.last_day:
            days = formats.day(absence.first_day, spoken)
        name = known.get(absence.user_id, visit.text("page.profiles.gone"))
        _line(
            one,
            f"away_row_{rank}",
            (name, days, _share(one, absence.share)),
            partial(_drop_absence, one, absence, name),
        )
    if pages > 1:
        st.pagination(pages, default=page, key="away_page")


def _line(
    one: Scene, key: str, cells: tuple[str, str, str], remove: partial[None]
) -> None:
    """Draw one line of a list, with the button that takes it away."""
    visit = one.visit
    with st.container(key=key):
        columns = st.columns(_LIST, vertical_alignment="center")
        for place, (words, column) in enumerate(zip(cells, columns, strict=False)):
            kind = "who" if place == 0 else "cell"
            text = f"<b>{escape(words)}</b>" if place == 0 else escape(words)
            with column:
                components.show(f'<p class="{kind}">{text}</p>')
        if visit.can("configure"):
            columns[-1].button(
                visit.text("action.remove"),
                key=f"{key}_remove",
                on_click=remove,
                type="tertiary",
            )


def _drop_absence(one: Scene, absence: Absence, name: str) -> None:
    deciding.decide(
        one.visit,
        "absence_remove",
        partial(_without, absence=absence),
        lambda: _told(one, absence.user_id, name),
        user=absence.user_id,
    )


def _without(settings: WorkspaceSettings, *, absence: Absence) -> WorkspaceSettings:
    left = list(settings.absences)
    if absence in left:
        left.remove(absence)
    return replace(settings, absences=tuple(left))


def _add_share(one: Scene, people: Mapping[str, str]) -> None:
    visit = one.visit
    with st.form("part", border=False):
        who, how = st.columns([3, 2])
        with who:
            _person(one, people, "part_person")
        with how:
            st.number_input(
                visit.text("page.profiles.part.share"),
                min_value=_LEAST_PERCENT,
                max_value=100,
                value=80,
                step=5,
                key="part_share",
            )
        st.form_submit_button(
            visit.text("action.save"), on_click=_keep_share, args=(one,)
        )


def _keep_share(one: Scene) -> None:
    shown = st.session_state["part_person"]
    if shown is None:
        deciding.refuse(one.visit.text("page.profiles.away.incomplete"))
        return
    user = one.workspace.identifier(shown)
    share = st.session_state["part_share"] / 100
    _set_share(one, user, _names(one).get(user, shown), share)


def _set_share(one: Scene, user: str, name: str, share: float | None) -> None:
    deciding.decide(
        one.visit,
        "work_share",
        partial(_with_share, user=user, share=share),
        lambda: _told(one, user, name),
        user=user,
        share=share,
    )


def _with_share(
    settings: WorkspaceSettings, *, user: str, share: float | None
) -> WorkspaceSettings:
    kept = {u: s for u, s in settings.work_shares.items() if u != user}
    if share is not None:
        kept[user] = share
    return replace(settings, work_shares=kept)


def _part_times(one: Scene) -> None:
    visit = one.visit
    kept = one.workspace.settings.work_shares
    if not kept:
        components.show(components.note(visit.text("page.profiles.part.none")))
        return
    known, gone = _names(one), visit.text("page.profiles.gone")
    listed = sorted(kept, key=lambda user: formats.sorting(known.get(user, gone)))
    for rank, user in enumerate(listed):
        name = known.get(user, gone)
        percent = formats.percent(kept[user], visit.language)
        weeks = plural("count.day", 5 * kept[user], visit.language, digits=1)
        week = visit.text("page.profiles.part.week", days=weeks)
        _line(
            one,
            f"away_row_part_{rank}",
            (name, percent, week),
            partial(_set_share, one, user, name, None),
        )
