"""The room as it is now: the link, who is there, and what they answered."""

from __future__ import annotations

import streamlit as st

from core.i18n import formats
from core.score_usage import state
from core.ui import components
from core.ui.frame import fragment
from core.ui.tokens import palette
from core.ui.views import workshop_blocks, workshop_link
from core.ui.views.score_board import can_write, moment, reading
from core.visit import Visit
from core.workshops.model import Standing, Workshop
from core.workshops.room import Rooms

_WIDTHS = (11, 17)
_EVERY = 2.0


def draw(visit: Visit, running: Workshop) -> None:
    """Draw a workshop that is not concluded; it follows the room while it votes."""
    if not running.takes_answers:
        _frozen(visit, running)
        return
    left, right = st.container(), st.container()
    if can_write(visit):
        if not st.session_state.get(workshop_link.LARGE):
            left, right = st.columns(_WIDTHS, gap="small")
        with left, st.container(key="card_workshop_door", border=True):
            _door(visit, running)
    with right, st.container(key="card_workshop_live", border=True):
        _arriving(visit, running)
    if not running.terms.is_hidden:
        with st.container(key="card_workshop_seen", border=True):
            _seen(visit, running)


def _door(visit: Visit, running: Workshop) -> None:
    token = _rooms(visit).token(running.workshop_id)
    title = visit.text("page.workshop.door")
    until = formats.moment(moment(running.expires_at), visit.language)
    most = formats.number(running.terms.most_people, visit.language)
    note = visit.text("page.workshop.until", moment=until, most=most)
    components.show(components.heading(title, note))
    if token:
        workshop_link.draw(visit, token)
    else:
        components.show(components.note(visit.text("page.workshop.no_link")))


def _rooms(visit: Visit) -> Rooms:
    return Rooms(visit.workspace_id or "", visit.who)


def _present(visit: Visit, running: Workshop) -> Standing:
    """Return the room as it is; draw the whole page anew once somebody froze it."""
    rooms = _rooms(visit)
    if rooms.running(running.feature_id) != running:
        st.rerun(scope="app")
    return rooms.standing(running.workshop_id)


@fragment(run_every=_EVERY)
def _arriving(visit: Visit, running: Workshop) -> None:
    """Draw who is there and how many answers are in."""
    standing = _present(visit, running)
    components.show(workshop_blocks.arrivals(standing, reading(visit)))
    if running.terms.is_hidden:
        components.show(components.note(visit.text("page.workshop.hidden")))


@fragment(run_every=_EVERY)
def _seen(visit: Visit, running: Workshop) -> None:
    """Draw the answers while they arrive."""
    rounds = _present(visit, running).rounds
    colours = palette(visit.theme)
    components.show(workshop_blocks.result(rounds, reading(visit), colours))


def _frozen(visit: Visit, running: Workshop) -> None:
    rooms = _rooms(visit)
    show_result(visit, rooms.standing(running.workshop_id))


def show_result(visit: Visit, standing: Standing) -> None:
    """Draw where the room agrees and where not, and the mark it leads to."""
    read, last = reading(visit), standing.rounds[-1]
    if not last.answers:
        title = visit.text("page.workshop.headline.silent")
        note = visit.text("page.workshop.silent_note")
        components.show(components.empty_state(title, note))
        return
    found = workshop_blocks.mark_of(last, read)
    kind = state(found, read.rules)
    word = visit.text(f"score.state.{kind}") if found is not None else ""
    note = visit.text("page.workshop.mark_note", people=last.people, round=last.number)
    with st.container(key="card_workshop_result", border=True):
        if found is None:
            components.show(components.note(visit.text("page.workshop.no_mark")))
        else:
            number = components.big_number(read.mark(found), read.text("score.out_of"))
            pill = components.chip(kind, word, big=True)
            components.show(
                f'<div class="mark">{number}{pill}</div>', components.note(note)
            )
        components.show(
            components.heading(workshop_blocks.verdict(last, read)),
            workshop_blocks.result(standing.rounds, read, palette(visit.theme)),
        )
