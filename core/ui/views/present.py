"""Present: the steps of the story one after the other, on the whole screen.

All slides are drawn at once, one over the other; the browser shows one of them
(``assets/present.js``), so that the next one is there at once, network or not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from itertools import zip_longest
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import streamlit as st

from core import periods, story
from core.errors import CrmError
from core.i18n import formats
from core.scene import Filters, Scene
from core.story import Story
from core.ui import auth, cards, components, demo_choice, filters, links, opening
from core.ui.frame import fragment
from core.ui.icons import icon
from core.ui.views import present_ahead, present_slide, present_take
from core.visit import Visit
from core.workspace import Workspace

_RULES = Path(__file__).with_name("present.css")
_HIDES = "present_hides"
_AROUND, _TEAMS = 2, 12


def draw(visit: Visit) -> None:
    """Draw the story, or with ``notes`` in the address what its presenter reads."""
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    is_reading = st.query_params.get("notes") == "1"
    _stage(visit, is_reading)
    st.html('<script src="/assets/present.js"></script>', unsafe_allow_javascript=True)


@fragment
def _stage(visit: Visit, is_reading: bool) -> None:
    """Draw the slides between the two bars; month and people are chosen in the first.

    A new choice draws this part alone.
    """
    visitor = auth.visitor()
    info = opening.current(visitor) if visitor else None
    if info is None or info.workspace_id != visit.workspace_id:
        st.rerun(scope="app")
    with st.container(key="reading" if is_reading else "stage"):
        with st.container(key="present_top", horizontal=True):
            one = _chosen(visit)
            hides = _hides(visit, is_reading)
            tools = st.container(key="present_tools", horizontal=True)
        slides = st.container(key="slides")
        try:
            told = _told(visit, one, hides=hides)
        except CrmError as error:
            with slides:
                cards.trouble(error, visit.language)
            told = None
        with tools:
            _tools(visit, told, one, hides=hides)
        if told is None:
            return
        with slides:
            for step, following in zip_longest(told.steps, told.steps[1:]):
                if is_reading:
                    present_slide.read(visit, step, following)
                else:
                    present_slide.draw(visit, step)
        components.show(_navigation(visit, told, one, hides=hides))


def _chosen(visit: Visit) -> Scene | None:
    """Draw the company's name and the choice of month and people."""
    if not demo_choice.draw(visit, "present"):
        components.show(f'<p class="company">{escape(visit.workspace_name)}</p>')
    return filters.of_people(visit, presents=False)


def _hides(visit: Visit, is_reading: bool) -> bool:
    """Draw the switch of names where the reader may see them; hidden by default.

    The window of the notes shows what the slides show.
    """
    if cast(Workspace, visit.workspace).privacy != "names":
        return True
    asks = st.query_params.get("names") == "1"
    st.session_state.setdefault(_HIDES, not (is_reading and asks))
    return bool(st.toggle(visit.text("page.present.hide_names"), key=_HIDES))


def _told(visit: Visit, one: Scene | None, *, hides: bool) -> Story:
    """Return the story, and have those told that may be asked for next."""
    workspace = cast(Workspace, visit.workspace)
    scorecards = story.scorecards(visit)
    asked = one.filters if one else None

    def job(chosen: Filters | None) -> present_ahead.Job:
        key = (
            *(visit.workspace_id, workspace.store.folder, workspace.manifest.state),
            *(repr(workspace.settings), workspace.rights, visit.is_demo, visit.role),
            *(visit.language, visit.theme, hides, chosen),
            tuple((card.feature_id, card.changed_at) for card in scorecards),
        )
        tell = partial(
            story.tell, visit, chosen, hide_names=hides, cards=tuple(scorecards)
        )
        return key, tell

    found = present_ahead.told(job(asked))
    if one is not None and one.shows_people:
        present_ahead.prepare([job(chosen) for chosen in _next(one)])
    return found


def _next(one: Scene) -> list[Filters]:
    """Return what may be asked for next: the months around, then each team."""
    now, months = one.filters, periods.months(one.workspace)
    place = months.index(now.month)
    before, after = months[place + 1 :][:_AROUND], months[:place][-1:]
    teams = sorted(one.everyone["team"].dropna().unique(), key=formats.sorting)
    found = [replace(now, month=month) for month in (*before, *after)]
    found += [replace(now, team=str(team)) for team in teams[:_TEAMS]]
    return [chosen for chosen in found if chosen != now]


def _tools(visit: Visit, told: Story | None, one: Scene | None, *, hides: bool) -> None:
    """Draw what is done with the story: take it away, start again, leave."""
    if told is not None:
        present_take.draw(visit, one.filters if one else None, hides=hides)
    st.button(
        visit.text("page.present.reset"),
        key="present_reset",
        type="tertiary",
        on_click=_reset,
        args=(visit,),
    )
    with st.container(key="present_leave", width="content"):
        links.page_link(
            visit,
            links.before(visit),
            visit.text("page.present.leave"),
            **_address(one),
        )


def _reset(visit: Visit) -> None:
    """Begin anew: the filters, the names and the demo company as at first."""
    filters.clear()
    st.session_state.pop(_HIDES, None)
    visitor = auth.visitor()
    if visitor is not None and visitor.is_demo:
        opening.look_at(visitor, None)


def _address(one: Scene | None) -> dict[str, str]:
    asked = vars(one.filters) if one else {}
    return {name: value for name, value in asked.items() if value}


def _navigation(visit: Visit, told: Story, one: Scene | None, *, hides: bool) -> str:
    """Return the last bar: every step by its name, where one is, and the controls."""
    steps = "".join(
        f'<li><button type="button" data-present="go" data-step="{step.code}">'
        f"{escape(visit.text(f'page.present.step.{step.code}'))}</button></li>"
        for step in told.steps
    )
    asked = _address(one) | ({} if hides else {"names": "1"})
    scene = urlencode({"company": visit.workspace_id or "", **asked})
    second = f"present?{urlencode({**asked, 'notes': '1', 'lang': visit.language})}"
    label = visit.text("page.present.second")
    controls = "".join(
        f'<button type="button" data-present="{act}" class="act-{act}" title="{words}"'
        f' aria-label="{words}">{inner}</button>'
        for act, words, inner in _controls(visit)
    )
    return (
        f'<nav class="course" aria-label="{escape(visit.text("page.present.steps"))}"'
        f' data-present-order="{" ".join(story.STEPS)}"'
        f' data-present-scene="{escape(scene)}" data-present-query="'
        f'{escape(urlencode(asked))}"><ol>{steps}</ol><p class="place"'
        f" data-present-place>1 / {len(told.steps)}</p>{controls}"
        f'<a class="second" href="{escape(second)}"'
        f' title="{escape(label)}" aria-label="{escape(label)}">{icon("talk")}</a>'
        "</nav>"
    )


def _controls(visit: Visit) -> list[tuple[str, str, str]]:
    """Return each control: what it does, its name with its key, what is drawn."""
    drawn = {
        "timer": "<span data-present-timer>0:00</span>",
        "notes": icon("audit"),
        "full": icon("expand"),
        "previous": icon("back"),
        "next": icon("arrow"),
    }
    return [
        (act, escape(visit.text(f"page.present.{act}")), inner)
        for act, inner in drawn.items()
    ]
