"""Programs that use the CRM: what tells each, and what leaving it out does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from core import effects
from core.effects import Excluded
from core.i18n import formats, plural
from core.scene import Scene
from core.ui import components, deciding
from core.ui.views.person_words import records
from core.workspace_settings import WorkspaceSettings

_PER_PAGE = 10
_WIDTHS = (2.6, 4.2, 2.6, 1.4)
_CHOICES = ("exclude", "keep")
# Under this share, week-ends and nights say nothing.
_WORTH_SAYING = 0.1
_BY_FILE = ("user_type", "name")


def draw(one: Scene) -> None:
    """Draw the effect of leaving programs out, then each of them with its evidence."""
    visit = one.visit
    if not one.shows_people:
        notice = visit.text("page.profiles.programs.teams_only")
        components.show(components.notice("info", notice))
        return
    found = _programs(one)
    with st.container(border=True, key="card_programs"):
        components.show(
            components.heading(
                visit.text("page.profiles.programs.title"),
                visit.text("page.profiles.programs.note"),
            )
        )
        if not len(found):
            components.show(components.note(visit.text("page.profiles.programs.none")))
            return
        components.show(components.paragraph(_effect(one, found)))
        pages = -(-len(found) // _PER_PAGE)
        page = min(int(st.session_state.get("programs_page", 1)), pages)
        part = one.workspace.protect(found)
        part = part.iloc[(page - 1) * _PER_PAGE : page * _PER_PAGE]
        for rank, row in enumerate(records(part)):
            with st.container(key=f"program_row_{rank}"):
                _row(one, row)
        if pages > 1:
            st.pagination(pages, default=page, key="programs_page")


def _programs(one: Scene) -> pd.DataFrame:
    """Return who is, or may be, a program: most actions of the month first."""
    known = one.workspace.derive("mart_program")
    states = one.everyone.set_index("user_id")["state"]
    known = known[known["user_id"].map(states).notna()]
    known = known[known["user_id"].map(states) != "left"]
    days = one.workspace.derive(
        "mart_user_day",
        first_day=one.period.first_day.isoformat(),
        last_day=one.period.as_of.isoformat(),
    )
    days = days[days["user_id"].isin(known["user_id"])]
    month = days.groupby("user_id")["action_count"].agg(["size", "sum"])
    rows = known.assign(
        active_days=known["user_id"].map(month["size"]).fillna(0),
        month_actions=known["user_id"].map(month["sum"]).fillna(0),
    )
    return rows.sort_values(["is_excluded", "month_actions"], ascending=False)


def _effect(one: Scene, found: pd.DataFrame) -> str:
    """Return the month's figures with and without what may be left out."""
    visit = one.visit
    without, with_them = effects.of_programs(one.everyone, found)
    return visit.text(
        "page.profiles.programs.effect",
        month=formats.month(one.period.month, visit.language),
        without_share=_share(one, without),
        with_share=_share(one, with_them),
        without_actions=formats.number(without.actions, visit.language),
        with_actions=formats.number(with_them.actions, visit.language),
    )


def _share(one: Scene, figures: Excluded) -> str:
    return formats.percent(figures.active_share, one.visit.language)


def evidence(one: Scene, row: Mapping[str, Any]) -> str:
    """Return what says that a user is a program, in words."""
    visit, spoken = one.visit, one.visit.language
    said = []
    if row["program_reason"] in _BY_FILE:
        said.append(
            visit.text(f"page.profiles.programs.reason.{row['program_reason']}")
        )
    if isinstance(row["rhythm_reason"], str):
        said.append(visit.text(f"page.profiles.programs.rhythm.{row['rhythm_reason']}"))
    for share, key in (("weekend_share", "weekends"), ("night_share", "nights")):
        if not pd.isna(row[share]) and row[share] >= _WORTH_SAYING:
            percent = formats.percent(row[share], spoken)
            key = f"page.profiles.programs.evidence.{key}"
            said.append(visit.text(key, percent=percent))
    if not said:
        return visit.text("page.profiles.programs.by_hand")
    words = " · ".join(said)
    if row["is_excluded"] or not pd.isna(row["chosen_program"]):
        return words
    return visit.text("page.profiles.programs.to_check", evidence=words)


def _row(one: Scene, row: Mapping[str, Any]) -> None:
    visit = one.visit
    who, why, choice, back = st.columns(_WIDTHS, vertical_alignment="center")
    count = plural("count.action", row["month_actions"], visit.language)
    month = formats.month_name(one.period.month, visit.language)
    load = visit.text("page.profiles.programs.load", actions=count, month=month)
    with who:
        components.show(
            f'<p class="who"><b>{escape(str(row["name"]))}</b>'
            f"<span>{escape(load)}</span></p>"
        )
    with why:
        components.show(f'<p class="cell">{escape(evidence(one, row))}</p>')
    now = _CHOICES[0] if row["is_excluded"] else _CHOICES[1]
    shown = str(row["user_id"])
    with choice:
        if not visit.can("configure"):
            said = visit.text(f"page.profiles.programs.is_{now}")
            components.show(f'<p class="cell">{escape(said)}</p>')
            return
        key = f"program_of_{shown}"
        st.session_state[key] = now
        st.segmented_control(
            visit.text("page.profiles.programs.choose", name=row["name"]),
            _CHOICES,
            format_func=lambda code: visit.text(f"page.profiles.programs.{code}"),
            required=True,
            key=key,
            label_visibility="collapsed",
            on_change=_choose,
            args=(one, shown, str(row["name"])),
        )
    if not pd.isna(row["chosen_program"]):
        back.button(
            visit.text("action.reset"),
            key=f"program_reset_{shown}",
            on_click=_set,
            args=(one, shown, str(row["name"]), None),
            type="tertiary",
        )


def _choose(one: Scene, shown: str, name: str) -> None:
    _set(one, shown, name, st.session_state[f"program_of_{shown}"] == _CHOICES[0])


def _set(one: Scene, shown: str, name: str, is_program: bool | None) -> None:
    """Keep that a user is a program, or a person, or forget what was said."""
    code = {True: "excluded", False: "kept", None: "reset"}[is_program]
    user = one.workspace.identifier(shown)
    deciding.decide(
        one.visit,
        "program",
        partial(_with_program, user=user, is_program=is_program),
        lambda: one.visit.text(f"page.profiles.programs.done_{code}", name=name),
        user=user,
        is_program=is_program,
    )


def _with_program(
    settings: WorkspaceSettings, *, user: str, is_program: bool | None
) -> WorkspaceSettings:
    kept = {u: p for u, p in settings.programs.items() if u != user}
    if is_program is not None:
        kept[user] = is_program
    return replace(settings, programs=kept)
