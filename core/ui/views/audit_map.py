"""The stakeholder map: who stands where, who moved, whom to meet first."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from core.charts import Look
from core.charts.stakeholders import stakeholders as drawn
from core.errors import NotAllowed
from core.i18n import formats, plural
from core.questionnaire import stakeholders
from core.questionnaire.circle import HIGHEST, INFLUENCES, KINDS
from core.questionnaire.model import Placement
from core.questionnaire.questions import DEPARTMENTS
from core.questionnaire.rights import can_see_map
from core.questionnaire.stakeholders import Standing
from core.ui import auth, components, drawings
from core.ui.tables import table
from core.ui.views.audit_room import Room

_FIRST = 3
_PLACES = tuple(range(HIGHEST + 1))


def _found(room: Room) -> list[Standing]:
    """Return where everybody stands, for who may see it."""
    if not can_see_map(room.visit.role, is_demo=room.visit.is_demo):
        raise NotAllowed(role=room.visit.role)
    return stakeholders.standings(room.circle.everyone())


def head(room: Room) -> None:
    """Draw what the map says, and who sees it."""
    eyebrow = room.text("audit.map.eyebrow")
    components.show(
        components.verdict_header(eyebrow, _answer(room, _found(room))),
        components.note(room.text("audit.map.private")),
    )


def draw(room: Room) -> None:
    """Draw the map, the first to meet, the table behind it, and the forms."""
    visit, found = room.visit, _found(room)
    if found:
        _drawing(room, found)
    else:
        body = visit.text("audit.map.none_body")
        components.show(components.empty_state(visit.text("audit.map.none"), body))
    with st.container(border=True, key="card_audit_people"):
        one, other = st.columns(2, gap="medium")
        with one:
            _add(room)
        with other:
            if found:
                _move(room, found)
    if found:
        with st.container(border=True, key="card_audit_people_table"):
            components.show(components.heading(visit.text("audit.map.table")))
            components.show(_table(room, found))
    how = [visit.text(f"audit.map.how_{name}") for name in ("class", "order", "moves")]
    components.show(components.how(visit.text("common.how"), how))


def _answer(room: Room, found: list[Standing]) -> str:
    if not found:
        return room.text("audit.map.title_none")
    first = found[0]
    if first.code == "opponent":
        return room.text("audit.map.title_opponents")
    kind = room.text(f"stakeholder.class.{first.code}").lower()
    return room.text("audit.map.title", name=first.who.name, kind=kind)


def _drawing(room: Room, found: list[Standing]) -> None:
    visit = room.visit
    cells = [
        (support, opposition, stakeholders.classify(support, opposition))
        for support in _PLACES
        for opposition in _PLACES
    ]
    look = Look(visit.language, visit.theme)
    said = room.text(
        "audit.map.alt", count=room.number(len(found)), counts=_counts(room, found)
    )
    figure = drawn(_rows(room, found), cells, look, alt_text=said)
    left, right = st.columns([0.66, 0.34], gap="small")
    with left, st.container(border=True, key="card_audit_map"):
        drawings.draw(visit, figure, "stakeholders")
    with right, st.container(border=True, key="card_audit_first"):
        title = components.heading(room.text("audit.map.first"))
        steps = [(one.who.name, _reason(room, one)) for one in found[:_FIRST]]
        components.show(title, components.step_list(steps))
        components.show(
            components.stat_list(
                components.Stat(
                    room.text(f"stakeholder.classes.{code}"), room.number(n)
                )
                for code, n in _by_class(found).items()
            )
        )


def _by_class(found: list[Standing]) -> dict[str, int]:
    return {
        code: count
        for code in stakeholders.CLASSES
        if (count := sum(one.code == code for one in found))
    }


def _counts(room: Room, found: list[Standing]) -> str:
    words = [
        f"{room.text(f'stakeholder.classes.{code}').lower()} {room.number(count)}"
        for code, count in _by_class(found).items()
    ]
    return formats.listing(words, room.visit.language)


def _reason(room: Room, one: Standing) -> str:
    """Return why somebody comes at this place: class, influence, who helps."""
    parts = [
        room.text(f"stakeholder.class.{one.code}"),
        room.text(f"stakeholder.influence.{one.who.influence}"),
    ]
    if one.helpers:
        spoken = room.visit.language
        parts.append(plural("audit.map.helpers", one.helpers, spoken))
    return " · ".join(parts)


def _rows(room: Room, found: list[Standing]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "order": one.order,
                "name": one.who.name,
                "class": room.text(f"stakeholder.class.{one.code}"),
                "class_code": one.code,
                "influence": one.who.influence,
                "influence_word": room.text(
                    f"stakeholder.influence.{one.who.influence}"
                ),
                "department": room.text(f"department.{one.who.department}"),
                "kind": room.text(f"stakeholder.kind.{one.who.kind}"),
                "support": one.now.support,
                "opposition": one.now.opposition,
                "before_support": one.before.support if one.before else None,
                "before_opposition": one.before.opposition if one.before else None,
            }
            for one in found
        ]
    )


def _table(room: Room, found: list[Standing]) -> str:
    names = (
        "order",
        "name",
        "class",
        "department",
        "influence",
        "place",
        "since",
        "moved",
    )
    columns = {name: room.text(f"audit.column.{name}") for name in names}
    rows = []
    for one in found:
        place = _place(room, one.now)
        moved = "" if one.before is None else _place(room, one.before)
        rows.append(
            {
                "order": room.number(one.order),
                "name": one.who.name,
                "class": room.text(f"stakeholder.class.{one.code}"),
                "department": room.text(f"department.{one.who.department}"),
                "influence": room.text(f"stakeholder.influence.{one.who.influence}"),
                "place": place,
                "since": room.day(one.now.held_on),
                "moved": moved or None,
            }
        )
    return table(columns, rows, caption=room.text("audit.map.table"))


def _place(room: Room, place: Placement) -> str:
    values = {
        "support": room.number(place.support),
        "opposition": room.number(place.opposition),
    }
    return room.text("audit.map.place", **values)


def _where(
    room: Room, stem: str, now: Placement | None = None
) -> tuple[int, int, date]:
    """Draw support, opposition and day; return what is chosen."""
    chosen = []
    for name in ("support", "opposition"):
        value = st.segmented_control(
            room.text(f"audit.column.{name}"),
            _PLACES,
            default=getattr(now, name) if now else 1 if name == "support" else 0,
            format_func=lambda n: room.text(f"stakeholder.level.{n}"),
            required=True,
            key=f"audit_{stem}_{name}",
        )
        chosen.append(int(value or 0))
    day = st.date_input(
        room.text("audit.column.since"),
        value=date.today(),
        format="DD/MM/YYYY" if room.visit.language == "fr" else "YYYY-MM-DD",
        key=f"audit_{stem}_day",
    )
    return chosen[0], chosen[1], day


def _add(room: Room) -> None:
    """Draw the form that puts somebody on the map."""
    with st.form("audit_add", border=False, clear_on_submit=True):
        components.show(components.heading(room.text("audit.map.add")))
        name = st.text_input(
            room.text("audit.map.name"),
            max_chars=80,
            help=room.text("audit.map.name_help"),
        )
        left, right = st.columns(2, gap="small")
        with left:
            kind = st.selectbox(
                room.text("audit.map.kind"),
                KINDS,
                format_func=lambda code: room.text(f"stakeholder.kind.{code}"),
            )
        with right:
            of = st.selectbox(
                room.text("audit.column.department"),
                DEPARTMENTS,
                format_func=lambda code: room.text(f"department.{code}"),
            )
        influence = st.segmented_control(
            room.text("audit.column.influence"),
            INFLUENCES,
            default=2,
            format_func=lambda n: room.text(f"stakeholder.weight.{n}"),
            required=True,
        )
        place = Placement(*_where(room, "new"))
        sent = st.form_submit_button(room.text("audit.map.add_now"), type="primary")
    if sent:
        with auth.saying(room.visit.language):
            room.circle.add(
                *(room.visit.who, name, str(kind), str(of), int(influence or 1)), place
            )
            st.rerun()


def _move(room: Room, found: list[Standing]) -> None:
    """Draw the form that moves somebody, and the way to forget them."""
    known = {one.who.stakeholder_id: one for one in sorted(found, key=_by_name)}
    components.show(components.heading(room.text("audit.map.move")))
    chosen = st.selectbox(
        room.text("audit.map.who"),
        list(known),
        format_func=lambda key: known[key].who.name,
        key="audit_moved",
    )
    one = known[chosen or next(iter(known))]
    with st.form("audit_move", border=False):
        place = Placement(*_where(room, f"move_{one.who.stakeholder_id}", one.now))
        sent = st.form_submit_button(room.text("audit.map.move_now"))
    if sent:
        with auth.saying(room.visit.language):
            room.circle.place(room.visit.who, one.who.stakeholder_id, place)
            st.rerun()
    with st.popover(room.text("audit.map.remove")):
        components.show(components.note(room.text("audit.map.remove_note")))
        st.button(
            room.text("action.confirm"),
            key="audit_remove",
            on_click=room.circle.remove,
            args=(room.visit.who, one.who.stakeholder_id),
        )


def _by_name(one: Standing) -> str:
    return one.who.name.casefold()
