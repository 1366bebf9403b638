"""A workshop on a scorecard: opened, watched, frozen, concluded; and those before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from core.errors import CrmError, NotAllowed
from core.i18n import formats, plural
from core.rules import RULES
from core.scorecards import examples
from core.ui import cards, components, deciding
from core.ui.tokens import palette
from core.ui.views import workshop_blocks, workshop_room
from core.ui.views.score_board import board, can_write, moment, reading, rules, writing
from core.visit import Visit
from core.workshops import results, sample
from core.workshops.model import Terms, Workshop
from core.workshops.room import Rooms

_LOOK = Path(__file__).with_name("workshop.css")
_STAGES = ("vote", "first", "second")
_NAMED = (False, True)


def draw(visit: Visit, feature_id: str) -> None:
    """Draw the workshop of a scorecard, or what opens one."""
    st.html(f"<style>{_LOOK.read_text('utf-8')}</style>")
    if visit.is_demo:
        _sample(visit)
        return
    rooms = Rooms(visit.workspace_id or "", visit.who)
    running = rooms.running(feature_id)
    _head(visit, feature_id, running)
    deciding.told()
    if running:
        _controls(visit, running)
        workshop_room.draw(visit, running)
    _before(visit, feature_id, is_open=running is None)
    if running is None and can_write(visit):
        _opening(visit, feature_id)


def _head(visit: Visit, feature_id: str, running: Workshop | None) -> None:
    name = board(visit).card(feature_id).sheet.name
    key = "none"
    if running:
        key = "expired" if running.is_expired else running.phase
    answer = visit.text(f"page.workshop.headline.{key}", name=name)
    eyebrow = visit.text("page.workshop.eyebrow")
    components.show(components.verdict_header(eyebrow, answer))


def _act(visit: Visit, act: Callable[[Rooms], object]) -> None:
    """Do something with the workshops; `deciding.told` says why when it is refused."""
    try:
        own = writing(visit)
        if visit.is_demo:
            raise NotAllowed()
        act(Rooms(own.workspace_id, own.who))
    except CrmError as error:
        deciding.refuse(cards.sentence(error, visit.language))


def _opening(visit: Visit, feature_id: str) -> None:
    """Draw the form that opens a workshop."""
    limits = rules(visit)
    with (
        st.container(key="card_workshop_open", border=True),
        st.form("workshop_open", border=False),
    ):
        title = visit.text("page.workshop.open_title")
        note = visit.text("page.workshop.open_note")
        components.show(components.heading(title, note))
        with st.container(horizontal=True, gap="medium"):
            for name in ("hours", "people"):
                rule = RULES[f"score.workshop.{name}"]
                st.number_input(
                    visit.text(f"page.workshop.field.{name}"),
                    min_value=int(rule.low),
                    max_value=int(rule.high),
                    value=int(limits[rule.code]),
                    key=f"workshop_{name}",
                    width=220,
                )
        st.radio(
            visit.text("page.workshop.field.named"),
            _NAMED,
            format_func=lambda named: visit.text(
                f"page.workshop.{'named' if named else 'anonymous'}"
            ),
            key="workshop_named",
            horizontal=True,
        )
        st.toggle(
            visit.text("page.workshop.field.hidden"), value=True, key="workshop_hidden"
        )
        st.form_submit_button(
            visit.text("page.workshop.open"),
            type="primary",
            on_click=_open,
            args=(visit, feature_id),
        )


def _open(visit: Visit, feature_id: str) -> None:
    terms = Terms(
        hours=int(st.session_state["workshop_hours"]),
        most_people=int(st.session_state["workshop_people"]),
        is_named=bool(st.session_state["workshop_named"]),
        is_hidden=bool(st.session_state["workshop_hidden"]),
    )
    _act(visit, lambda rooms: rooms.open(feature_id, terms, rules(visit)))


def _controls(visit: Visit, running: Workshop) -> None:
    """Draw what the facilitator may do at this moment."""
    if not can_write(visit):
        return
    with st.container(horizontal=True, key="workshop_controls", gap="small"):
        if running.takes_answers:
            _button(visit, "freeze", running, Rooms.freeze, is_main=True)
        elif not running.is_expired:
            _button(visit, "vote_again", running, Rooms.vote_again, is_main=True)
        if not running.takes_answers:
            st.button(
                visit.text("page.workshop.conclude"),
                key="workshop_conclude",
                type="primary" if running.is_expired else "secondary",
                on_click=_conclude,
                args=(visit, running),
            )
        with st.popover(visit.text("page.workshop.more"), key="workshop_more"):
            if running.has_link:
                _button(visit, "link_back", running, Rooms.take_link_back)
            _button(visit, "link_new", running, Rooms.new_link)
            _button(visit, "give_up", running, Rooms.give_up)
            components.show(components.note(visit.text("page.workshop.give_up_note")))


def _button(
    visit: Visit,
    act: str,
    running: Workshop,
    done: Callable[[Rooms, str], object],
    *,
    is_main: bool = False,
) -> None:
    st.button(
        visit.text(f"page.workshop.{act}"),
        key=f"workshop_{act}",
        type="primary" if is_main else "secondary",
        on_click=_act,
        args=(visit, lambda rooms: done(rooms, running.workshop_id)),
    )


def _conclude(visit: Visit, running: Workshop) -> None:
    def act(rooms: Rooms) -> None:
        people = rooms.standing(running.workshop_id).rounds[-1].people
        words = plural("page.workshop.version", people, visit.language)
        number = rooms.conclude(running.workshop_id, words, visit.language)
        if number is None:
            deciding.refuse(visit.text("page.workshop.nothing"))
        else:
            deciding.say(visit.text("page.workshop.concluded", number=number))

    _act(visit, act)


def _before(visit: Visit, feature_id: str, *, is_open: bool) -> None:
    """Draw the workshops that were concluded, the latest first, open if asked."""
    read, colours = reading(visit), palette(visit.theme)
    found = results.of_feature(visit.workspace_id or "", feature_id)
    for place, one in enumerate(found):
        when = formats.moment(moment(one.at), visit.language)
        people = plural("page.workshop.version", one.rounds[-1].people, visit.language)
        version = visit.text("page.score.version", number=one.number)
        title = " · ".join((version, people, when))
        with st.expander(
            title, expanded=is_open and place == 0, key=f"workshop_of_{one.number}"
        ):
            components.show(
                components.paragraph(workshop_blocks.verdict(one.rounds[-1], read)),
                workshop_blocks.result(one.rounds, read, colours),
            )


def _sample(visit: Visit) -> None:
    """Play a workshop of invented people: a demo visit writes nothing others see."""
    stage = st.session_state.get("workshop_stage") or _STAGES[0]
    name = visit.text(f"score.example.{examples.REFERENCE}.name")
    phase = "open" if stage == "vote" else "frozen"
    answer = visit.text(f"page.workshop.headline.{phase}", name=name)
    eyebrow = visit.text("page.workshop.eyebrow_sample")
    components.show(components.verdict_header(eyebrow, answer))
    components.show(components.notice("info", visit.text("page.workshop.sample")))
    st.segmented_control(
        visit.text("page.workshop.stage"),
        _STAGES,
        default=_STAGES[0],
        format_func=lambda name: visit.text(f"page.workshop.stage.{name}"),
        key="workshop_stage",
        required=True,
        label_visibility="collapsed",
    )
    if stage == "vote":
        live = workshop_blocks.arrivals(sample.voting(), reading(visit))
        components.show(components.card(live))
    else:
        played = sample.standing(2 if stage == "second" else 1)
        workshop_room.show_result(visit, played)


def how(visit: Visit) -> list[str]:
    """Return how the room's answers are counted."""
    limits = rules(visit)
    distance = formats.number(
        limits["score.workshop.distance"], visit.language, digits=1
    )
    ends = formats.percent(limits["score.workshop.ends"], visit.language)
    kept = formats.number(limits["score.workshop.kept"], visit.language)
    return [
        visit.text("page.workshop.how.median"),
        visit.text("page.workshop.how.split", distance=distance, ends=ends),
        visit.text("page.workshop.how.rounds"),
        visit.text("page.workshop.how.kept", days=kept),
    ]
