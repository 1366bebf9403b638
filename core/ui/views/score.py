"""SCORE-USAGE: the scorecards of a workspace, and the one that is opened."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from core.i18n import formats, plural
from core.score_usage import LARGEST
from core.scorecards import examples
from core.scorecards.model import Scorecard
from core.scorecards.words import Reading
from core.ui import addressed, components, deciding, folding, links
from core.ui.tables import Html
from core.ui.views import (
    score_blocks,
    score_compare,
    score_fields,
    score_files,
    score_measured,
    score_retro,
    score_sheet,
    sharing,
    workshop,
)
from core.ui.views.score_board import board, can_write, moment, reading, write
from core.visit import Visit

_LOOK = Path(__file__).with_name("score.css")
_VIEWS = ("list", "compare", "portfolio", "retro")
_SHOWN_RISKS = 3


def draw(visit: Visit) -> None:
    """Draw the scorecard that the address asks for, or all of them."""
    st.html(f"<style>{_LOOK.read_text('utf-8')}</style>")
    with st.container(horizontal=True, key="filters"):
        sharing.draw(visit)
    feature_id = st.query_params.get("feature")
    is_workshop = bool(feature_id and st.query_params.get("workshop"))
    _tell_address(f"{feature_id} {is_workshop}" if feature_id else None)
    told = workshop.how(visit) if is_workshop else _how(visit)
    if feature_id and is_workshop:
        back = visit.text("page.workshop.back")
        links.page_link(visit, "score", back, feature=feature_id)
        workshop.draw(visit, feature_id)
    elif feature_id:
        with st.container(horizontal=True, key="score_links"):
            links.page_link(visit, "score", visit.text("page.score.back"))
            label = visit.text("page.workshop.link")
            links.page_link(visit, "score", label, feature=feature_id, workshop="1")
        score_sheet.draw(visit, feature_id)
    else:
        _everything(visit)
    components.show(components.how(visit.text("common.how"), told))
    components.show(components.data_line(visit.text("score.credit")))


def _tell_address(shown: str | None) -> None:
    """Write what is shown to the browser's address.

    A link to the page it stands on changes what the server reads of the address, and
    not the address itself (Streamlit 1.67).
    """
    if st.session_state.get("score_shown") != shown:
        st.query_params.from_dict(st.query_params.to_dict())
    st.session_state["score_shown"] = shown


def _everything(visit: Visit) -> None:
    is_archived = st.query_params.get("archived") == "1"
    own = board(visit)
    found = own.cards()
    read = reading(visit)
    eyebrow = visit.text("page.score.eyebrow")
    components.show(components.verdict_header(eyebrow, headline(visit, found)))
    deciding.told()
    if visit.is_demo:
        components.show(components.note(visit.text("page.score.demo")))
    if not found:
        _empty(visit)
    if can_write(visit):
        _add(visit)
    if not found and not own.cards(archived=True):
        return
    view = st.segmented_control(
        visit.text("page.score.view"),
        _VIEWS,
        format_func=lambda name: visit.text(f"page.score.view.{name}"),
        required=True,
        label_visibility="collapsed",
        **addressed.one_of("view", "score_view", _VIEWS),
    )
    if view == "compare":
        score_compare.compare(visit, found, read)
    elif view == "portfolio":
        score_compare.portfolio(visit, found, read)
    elif view == "retro":
        score_retro.everything(visit, found, read)
    else:
        shown = own.cards(archived=True) if is_archived else found
        _list(visit, shown, read)
        label = visit.text("page.score.archived")
        st.toggle(label, **addressed.is_on("archived", "score_archived"))


def headline(visit: Visit, found: list[Scorecard]) -> str:
    """Return what the scorecards say together."""
    if not found:
        return visit.text("page.score.headline.none")
    states = [reading(visit).state(one.sheet) for one in found]
    high = [bool(one.sheet.high_risks) for one in found]
    risky = sum(high)
    unsure = sum(
        is_high or state in ("sick", "watch")
        for is_high, state in zip(high, states, strict=True)
    )
    if risky and unsure > risky:
        return plural(
            "page.score.headline.unsure",
            unsure,
            visit.language,
            of=len(found),
            high=plural("page.score.headline.among", risky, visit.language),
        )
    if risky:
        return plural("page.score.headline.high", risky, visit.language, of=len(found))
    for state in ("sick", "watch", "not_enough_data"):
        if state in states:
            count = states.count(state)
            return plural(f"page.score.headline.{state}", count, visit.language)
    return plural("page.score.headline.healthy", len(found), visit.language)


def _empty(visit: Visit) -> None:
    title = visit.text("page.score.empty")
    body = visit.text("page.score.empty_note")
    components.show(components.empty_state(title, body))


def _add(visit: Visit) -> None:
    """Draw the ways to begin: a new scorecard, a file, the reference example."""
    with st.container(horizontal=True, key="score_add", gap="small"):
        with (
            st.popover(
                visit.text("page.score.new"), type="primary", key="score_new_box"
            ),
            st.form("score_new", border=False, clear_on_submit=True),
        ):
            score_fields.draw(visit, "new")
            st.form_submit_button(
                visit.text("page.score.create"),
                type="primary",
                on_click=_create,
                args=(visit,),
            )
        score_files.take_in(visit)
        st.button(
            visit.text("page.score.reference"),
            key="score_reference",
            on_click=_reference,
            args=(visit,),
        )


def _create(visit: Visit) -> None:
    sheet = score_fields.typed("new")
    write(visit, lambda own: _go_to(own.create(sheet)))


def _reference(visit: Visit) -> None:
    write(visit, lambda own: _go_to(examples.add(own, examples.REFERENCE)[0]))


def _go_to(feature_id: str) -> None:
    """Open a scorecard at the next run."""
    st.query_params["feature"] = feature_id


def _list(visit: Visit, found: list[Scorecard], read: Reading) -> None:
    if not found:
        components.show(components.note(visit.text("page.score.none_archived")))
        return
    columns = {
        name: visit.text(f"page.score.column.{name}")
        for name in ("feature", "mark", "verdict", "measured", "risks", "changed")
    }
    marks = board(visit).marks()
    rows = [
        _row(visit, one, read) | {"measured": _measured(visit, one, marks)}
        for one in score_compare.weakest(found)
    ]
    with st.container(border=True, key="card_scorecards"):
        folding.draw(
            visit,
            columns,
            rows,
            caption=visit.text("page.score.listed"),
            key="scorecards",
            numeric=("mark",),
            strong=("mark",),
            line=("mark", "verdict"),
        )


def _measured(visit: Visit, one: Scorecard, marks: score_measured.Marks) -> str | None:
    return score_measured.brief(visit, score_measured.measured(visit, one, marks))


def _row(visit: Visit, one: Scorecard, read: Reading) -> dict[str, object]:
    sheet = one.sheet
    query = urlencode({"feature": one.feature_id, "lang": visit.language})
    link = f'<a href="score?{escape(query, quote=True)}">{escape(sheet.name)}</a>'
    risks = sheet.risks[:_SHOWN_RISKS]
    tiles = "".join(_risk(read, sheet.answers[key].value, key) for key in risks)
    when = escape(formats.day(moment(one.changed_at), visit.language))
    if one.version_count:
        kept = plural("page.score.versions", one.version_count, visit.language)
        when += components.note(kept)
    return {
        "feature": Html(link),
        "mark": read.mark(sheet.mark),
        "verdict": Html(components.chip(read.state(sheet), read.verdict(sheet))),
        "risks": Html(f'<span class="risks">{tiles}</span>') if risks else None,
        "changed": Html(when),
    }


def _risk(read: Reading, value: int | None, key: str) -> str:
    sign = score_blocks.signed(value, read.answer(value))
    return f"<span>{sign} {escape(read.name(key))}</span>"


def _how(visit: Visit) -> list[str]:
    limits = reading(visit)
    likely = limits.mark(limits.rules["score.mark.likely"])
    uncertain = limits.mark(limits.rules["score.mark.uncertain"])
    return [
        visit.text("page.score.how.mark", largest=LARGEST),
        visit.text("page.score.how.limits", likely=likely, uncertain=uncertain),
        visit.text("page.score.how.order"),
        visit.text("page.score.how.gates"),
        visit.text("page.score.how.lift"),
    ]
