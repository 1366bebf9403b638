"""Month, team and profile, kept in the address and from page to page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, cast

import streamlit as st

from core import indicators, people, periods, scene
from core.i18n import formats
from core.profiles import PROFILES
from core.scene import Filters, Scene
from core.ui import components, links
from core.ui.views import sharing, taking
from core.visit import Visit
from core.workspace import Workspace

_CHOSEN = "filters"
_EVERY = ""


class Reader(Protocol):
    """What the filters need of a visit."""

    @property
    def language(self) -> str:
        """The language of the reader."""

    def text(self, key: str, /, **values: object) -> str:
        """Return a text of the catalogue."""


def _chosen() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault(_CHOSEN, {})
    return kept


def choose(name: str, value: str | None) -> None:
    """Set the filter ``name`` (month, team or profile); None is its default."""
    if value:
        _chosen()[name] = value
        st.query_params[name] = value
    else:
        _chosen().pop(name, None)
        st.query_params.pop(name, None)


def clear() -> None:
    """Set every filter to its default."""
    for name in ("month", "team", "profile"):
        choose(name, None)


def _take(name: str) -> None:
    choose(name, st.session_state.get(f"filter_{name}") or None)


def _current(name: str, options: Sequence[str], default: str) -> str:
    """Return the value in force: the address first, then what was chosen before."""
    asked = st.query_params.get(name)
    value = _chosen().get(name, default)
    if asked is not None and asked in options:
        value = asked
    if value not in options:
        value = default
    if value == default:
        _chosen().pop(name, None)
        st.query_params.pop(name, None)
    else:
        _chosen()[name] = value
        if asked != value:
            st.query_params[name] = value
    return value


def _select(
    visit: Reader,
    name: str,
    options: Sequence[str],
    default: str,
    shown: Callable[[str], str],
) -> str:
    value = _current(name, options, default)
    st.session_state[f"filter_{name}"] = value
    st.selectbox(
        visit.text(f"filter.{name}"),
        options,
        format_func=shown,
        key=f"filter_{name}",
        on_change=_take,
        args=(name,),
        label_visibility="collapsed",
    )
    return value


def _chips(visit: Reader, active: dict[str, str]) -> None:
    if not active:
        return
    with st.container(horizontal=True, key="filter_chips"):
        for name, words in active.items():
            st.button(
                f"{words}\u00a0\u00a0×",
                key=f"filter_clear_{name}",
                help=visit.text("filter.remove", filter=words),
                on_click=choose,
                args=(name, None),
            )
        if len(active) > 1:
            st.button(
                visit.text("filter.clear_all"),
                key="filter_clear_all",
                type="tertiary",
                on_click=clear,
            )


def bar(
    visit: Reader,
    months: Sequence[str],
    teams: Sequence[str] = (),
    profiles: Sequence[str] = (),
    *,
    default_month: str | None = None,
    beside: Callable[[Filters], None] | None = None,
) -> Filters:
    """Draw the bar of filters and return what is asked.

    ``months`` are "2026-10", at least one; the latest is the default unless
    ``default_month`` names another (the last complete one, most often). A list of
    fewer than two teams or profiles draws no box. An address that names a value which
    does not exist is read as the default. ``beside`` draws what else is in the bar.
    """
    newest = sorted(months, reverse=True)
    first = default_month if default_month in newest else newest[0]
    with st.container(horizontal=True, key="filters"):
        month = _select(
            visit,
            "month",
            newest,
            first,
            lambda value: formats.capital(formats.month(value, visit.language)),
        )
        team = profile = _EVERY
        if len(teams) > 1:
            team = _select(
                visit,
                "team",
                [_EVERY, *teams],
                _EVERY,
                lambda value: value or visit.text("filter.every_team"),
            )
        if len(profiles) > 1:
            profile = _select(
                visit,
                "profile",
                [_EVERY, *profiles],
                _EVERY,
                lambda value: visit.text(
                    f"profile.{value}" if value else "filter.every_profile"
                ),
            )
        found = Filters(month=month, team=team or None, profile=profile or None)
        if beside is not None:
            beside(found)
        if isinstance(visit, Visit):
            sharing.draw(visit, month=month)
    active = {}
    if month != first:
        active["month"] = formats.capital(formats.month(month, visit.language))
    if team:
        active["team"] = team
    if profile:
        active["profile"] = visit.text(f"profile.{profile}")
    _chips(visit, active)
    asked = [formats.capital(formats.month(month, visit.language))]
    asked += [team or visit.text("filter.every_team")] if len(teams) > 1 else []
    if len(profiles) > 1:
        name = f"profile.{profile}" if profile else "filter.every_profile"
        asked.append(visit.text(name))
    components.show(components.letterhead(" · ".join(asked)))
    return found


def ways_out(visit: Visit, chosen: Filters) -> None:
    """Draw the two ways out with what is looked at: present it, take it away."""
    links.present(visit, chosen)
    taking.draw(visit, chosen)


def of_people(visit: Visit, *, presents: bool = True) -> Scene | None:
    """Draw the filters and return what they leave; None without a trace of anybody.

    Beside them is the way to the story, unless ``presents`` is false.
    """
    workspace = cast(Workspace, visit.workspace)
    if not scene.has_people(workspace):
        return None
    months = periods.months(workspace)
    latest = periods.period(workspace, months[0])
    known = people.everyone(workspace, latest.as_of, latest.month)
    teams = sorted(known["team"].dropna().unique(), key=formats.sorting)
    found = set(indicators.judged(known)["profile"].dropna())
    profiles = [profile for profile in PROFILES if profile in found]
    beside = partial(ways_out, visit) if presents else None
    return scene.of(visit, bar(visit, months, teams, profiles, beside=beside))
