"""Why each person has their profile, and the way to correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from core import indicators
from core.i18n import formats, plural
from core.profiles import PROFILES
from core.scene import Scene
from core.ui import addressed, components, deciding, links
from core.ui.views import profiles_cards
from core.ui.views.person_words import profile_name, profile_reason, records
from core.workspace_settings import WorkspaceSettings

_PER_PAGE, _PER_PAGE_PHONE = 12, 5
# Under this confidence a profile is worth a look.
_UNSURE = 0.7
_WIDTHS = (2.3, 1.1, 2.3, 3.6, 1.5)
_KEPT = ("all", "unsure", "corrected")
# Declared and chosen profiles leave no doubt; who never came cannot be told.
_RANK = {"declared": 3.0, "override": 2.0}
_NEVER = 4.0


def draw(one: Scene) -> None:
    """Draw the cards of the profiles, then the people, least sure first."""
    profiles_cards.draw(one)
    if not one.shows_people:
        k = one.workspace.settings.k
        notice = one.visit.text("page.profiles.teams_only", k=k)
        components.show(components.notice("info", notice))
        return
    with st.container(border=True, key="card_why"):
        note = "note" if one.visit.can("configure") else "note_reader"
        components.show(
            components.heading(
                one.visit.text("page.profiles.why"),
                one.visit.text(f"page.profiles.why_{note}"),
            )
        )
        _rows(one, _chosen(one, _sorted(one)))
        links.method(one.visit, "profile")


def _sorted(one: Scene) -> pd.DataFrame:
    """Return the people in the order they deserve a look: least sure first."""
    people = indicators.members(one.shown)
    sure = people["profile_confidence"].astype("float64")
    rank = people["profile_source"].map(_RANK).astype("float64").fillna(sure)
    days = pd.to_numeric(people["active_days"], errors="coerce").fillna(0)
    rank = rank.fillna(pd.Series(0.0, people.index).where(days > 0, _NEVER))
    names = people["name"].map(formats.sorting, "ignore")
    return people.assign(rank=rank, order=names).sort_values(
        ["rank", "order"], ignore_index=True
    )


def _chosen(one: Scene, people: pd.DataFrame) -> pd.DataFrame:
    """Draw the search and the switch, and return the people they leave."""
    visit = one.visit
    groups = {
        "all": pd.Series(True, people.index),
        "unsure": people["rank"] < _UNSURE,
        "corrected": people["profile_source"].eq("override"),
    }
    with st.container(horizontal=True, key="profiles_find"):
        kept = st.segmented_control(
            visit.text("page.profiles.show"),
            _KEPT,
            format_func=lambda name: visit.text(
                f"page.profiles.show_{name}",
                count=formats.number(groups[name].sum(), visit.language),
            ),
            required=True,
            label_visibility="collapsed",
            wrap=True,
            **addressed.one_of("show", "profiles_kept", _KEPT),
        )
        words = st.text_input(
            visit.text("page.profiles.search"),
            placeholder=visit.text("page.profiles.search"),
            label_visibility="collapsed",
            width=260,
            **addressed.words("search", "profiles_search"),
        )
    found = people[groups[kept or "all"]]
    for word in formats.sorting(words.strip()).split():
        said = found["name"].fillna("") + " " + found["team"].fillna("")
        found = found[[word in formats.sorting(text) for text in said]]
    return found


def _rows(one: Scene, people: pd.DataFrame) -> None:
    visit = one.visit
    if not len(people):
        components.show(components.note(visit.text("page.profiles.nobody")))
        return
    per_page = _PER_PAGE_PHONE if visit.is_phone else _PER_PAGE
    pages = -(-len(people) // per_page)
    page = min(int(st.session_state.get("profiles_page", 1)), pages)
    with st.container(key="profile_head"):
        names = ("person", "days", "profile", "reason", "sure")
        for name, column in zip(names, st.columns(_WIDTHS), strict=True):
            with column:
                label = visit.text(f"page.profiles.column.{name}")
                components.show(components.note(label))
    shown = people.iloc[(page - 1) * per_page : page * per_page]
    for rank, row in enumerate(records(shown)):
        with st.container(key=f"profile_row_{rank}"):
            _row(one, row)
    if pages > 1:
        st.pagination(pages, default=page, key="profiles_page")


def _row(one: Scene, row: Mapping[str, Any]) -> None:
    who, days, profile, why, sure = st.columns(_WIDTHS, vertical_alignment="center")
    team = row["team"] if isinstance(row["team"], str) else ""
    with who:
        components.show(
            f'<p class="who"><b>{escape(str(row["name"]))}</b>'
            f"<span>{escape(team)}</span></p>"
        )
    with days:
        components.show(f'<p class="cell">{escape(_days(one, row))}</p>')
    with profile:
        _profile(one, row)
    with why:
        said = profile_reason(one.look, row, with_confidence=False)
        components.show(f'<p class="cell">{escape(said)}</p>')
    with sure:
        _sure(one, row)


def _days(one: Scene, row: Mapping[str, Any]) -> str:
    active = row["active_days"]
    count = plural("count.day", 0 if pd.isna(active) else active, one.visit.language)
    expected = row["expected_days"]
    if pd.isna(expected) or not expected:
        return count
    whole = formats.number(expected, one.visit.language)
    return one.visit.text("page.profiles.days_of", days=count, whole=whole)


def _profile(one: Scene, row: Mapping[str, Any]) -> None:
    """Draw the profile: a choice for who configures, its name for others."""
    visit, user = one.visit, str(row["user_id"])
    profile = row["profile"] if isinstance(row["profile"], str) else None
    if not visit.can("configure"):
        components.show(components.symbol(profile, profile_name(one.look, profile)))
        return
    key = f"profile_of_{user}"
    st.session_state[key] = profile
    st.selectbox(
        visit.text("page.profiles.choose", name=row["name"]),
        PROFILES,
        index=None if profile is None else PROFILES.index(profile),
        format_func=lambda code: profile_name(one.look, code),
        placeholder=profile_name(one.look, None),
        key=key,
        label_visibility="collapsed",
        on_change=_choose,
        args=(one, user, str(row["name"])),
    )


def _sure(one: Scene, row: Mapping[str, Any]) -> None:
    visit = one.visit
    if row["profile_source"] == "override":
        components.show(
            f'<p class="byhand">{escape(visit.text("page.profiles.yours"))}'
        )
        if visit.can("configure"):
            _button(one, row, "reset")
        return
    if row["profile_source"] == "declared":
        said = visit.text("page.profiles.declared")
        components.show(f'<p class="cell">{escape(said)}</p>')
        return
    known = row["profile_confidence"]
    percent = 0 if pd.isna(known) else round(100 * float(known))
    shown = formats.percent(percent / 100, visit.language)
    label = visit.text("page.profiles.sure", percent=shown)
    components.show(
        '<div class="sure"><span class="track" role="img"'
        f' aria-label="{escape(label)}"><span style="width:{percent}%"></span></span>'
        f'<span aria-hidden="true">{escape(shown)}</span></div>'
    )
    if visit.can("configure") and 0 < percent < 100 * _UNSURE:
        _button(one, row, "confirm", str(row["profile"]))


def _button(
    one: Scene, row: Mapping[str, Any], act: str, profile: str | None = None
) -> None:
    """Draw the button that keeps ``profile`` for a person, or forgets it (None)."""
    st.button(
        one.visit.text(f"action.{act}"),
        key=f"profile_{act}_{row['user_id']}",
        on_click=set_profile,
        args=(one, str(row["user_id"]), str(row["name"]), profile),
        type="tertiary",
    )


def _choose(one: Scene, shown: str, name: str) -> None:
    set_profile(one, shown, name, st.session_state[f"profile_of_{shown}"])


def set_profile(one: Scene, shown: str, name: str, profile: str | None) -> None:
    """Keep the profile chosen for a person, or forget it (None)."""
    visit = one.visit
    user = one.workspace.identifier(shown)
    said = (
        visit.text("page.profiles.reset_done", name=name)
        if profile is None
        else visit.text(
            "page.profiles.chosen_done",
            name=name,
            profile=profile_name(one.look, profile),
        )
    )
    deciding.decide(
        visit,
        "profile",
        partial(_with_profile, user=user, profile=profile),
        lambda: said,
        user=user,
        profile=profile,
    )


def _with_profile(
    settings: WorkspaceSettings, *, user: str, profile: str | None
) -> WorkspaceSettings:
    kept = {u: p for u, p in settings.overrides.items() if u != user}
    if profile is not None:
        kept[user] = profile
    return replace(settings, overrides=kept)


def names(people: pd.DataFrame) -> Mapping[str, str]:
    """Return the people to choose from: what identifies them here, and their name."""
    known: Sequence[tuple[str, str]] = list(
        zip(people["user_id"], people["name"], strict=True)
    )
    return dict(sorted(known, key=lambda pair: formats.sorting(pair[1])))
