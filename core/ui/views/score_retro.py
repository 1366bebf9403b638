"""The retro-test: what tells of a feature's use, and its mark against that use."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from core.charts import retro
from core.charts.figure import Look
from core.i18n import formats, plural
from core.profiles import PROFILES
from core.score_usage import Binding, Scope, agreement, rank_correlation
from core.scorecards.measured import Measured, kinds
from core.scorecards.model import Scorecard
from core.scorecards.words import Reading
from core.ui import components, deciding, drawings, links
from core.ui.views import score_measured
from core.ui.views.score_board import board, can_write, reading, write
from core.visit import Visit

_STATES = {"right": "healthy", "half": "watch", "wrong": "sick"}
_EARLIEST = date(2000, 1, 1)


def card(visit: Visit, feature_id: str) -> None:
    """Draw what was measured of the feature, and how it is bound to the exports."""
    own, read = board(visit), reading(visit)
    one = own.card(feature_id)
    found = score_measured.measured(visit, one, own.marks())
    with st.container(key="card_score_retro", border=True):
        title = visit.text("page.score.retro.title")
        components.show(components.heading(title, visit.text("page.score.retro.note")))
        deciding.told()
        if one.sheet.binding is None:
            components.show(components.note(visit.text("page.score.retro.unbound")))
        elif found is None:
            components.show(components.note(visit.text("page.score.retro.no_exports")))
        else:
            _found(visit, one.sheet.binding, found, read)
        workspace = visit.workspace
        if can_write(visit) and workspace is not None and workspace.period is not None:
            with st.expander(visit.text("page.score.retro.bind"), key="score_bind"):
                _form(visit, feature_id, one.sheet.binding)
        links.method(visit, "retro_test")


def _found(visit: Visit, binding: Binding, found: Measured, read: Reading) -> None:
    outcome = found.outcome
    state = "info"
    if outcome.mark is not None and outcome.share is not None:
        state = _STATES[agreement(outcome.mark, outcome.share, read.rules)]
    components.show(components.notice(state, read.confronted(outcome)))
    values: dict[str, Any] = {
        "kind": score_measured.kind_words(visit, binding.kind),
        "group": score_measured.group_words(visit, binding),
        "launch": formats.day(binding.launch_day, visit.language),
        "day": formats.day(outcome.day, visit.language),
        "least": int(read.rules["score.retro.used"]),
        "weeks": int(read.rules["score.retro.weeks"]),
    }
    parts = [visit.text("page.score.retro.bound", **values)]
    if outcome.share is not None:
        users = formats.number(outcome.users, visit.language)
        of = formats.number(outcome.eligible, visit.language)
        parts.append(visit.text("page.score.retro.users", users=users, of=of, **values))
    components.show(components.note(" ".join(parts)))
    if not found.weeks["share"].notna().any():
        return
    known = found.weeks[found.weeks["share"].notna()]
    top = known.sort_values("share", kind="stable").iloc[-1]
    alt = visit.text(
        "page.score.retro.curve_alt",
        top=formats.percent(top["share"], visit.language),
        week=formats.day(top["week"], visit.language),
        last=formats.percent(known["share"].iloc[-1], visit.language),
    )
    figure = retro.weekly(
        found.weeks,
        Look(visit.language, visit.theme),
        title=visit.text("page.score.retro.curve"),
        alt_text=alt,
        measured=outcome.day,
    )
    drawings.draw(visit, figure, "score_retro_weeks", subtitle=alt)


def _form(visit: Visit, feature_id: str, bound: Binding | None) -> None:
    """Draw the choice of what tells of the feature, among what the exports hold."""
    workspace = visit.workspace
    assert workspace is not None and workspace.period is not None
    rows = kinds(workspace).set_index("kind")
    held: list[str] = list(rows.index)
    if bound is not None and bound.kind not in held:
        held.append(bound.kind)
    groups = _groups(visit, bound)
    now = (bound.scope, bound.group) if bound else ("all", "")
    with st.form(f"score_bind_{feature_id}", border=False):
        st.selectbox(
            visit.text("page.score.retro.field_kind"),
            held,
            index=held.index(bound.kind) if bound else None,
            format_func=lambda kind: _counted(visit, kind, rows),
            placeholder=visit.text("common.choose"),
            key="score_bind_kind",
        )
        with st.container(horizontal=True, gap="small"):
            st.date_input(
                visit.text("page.score.retro.field_launch"),
                value=bound.launch_day if bound else None,
                min_value=_EARLIEST,
                format="DD/MM/YYYY",
                key="score_bind_launch",
            )
            st.selectbox(
                visit.text("page.score.retro.field_group"),
                groups,
                index=groups.index(now),
                format_func=lambda one: score_measured.group_words(
                    visit, Binding("", _EARLIEST, *one)
                ),
                key="score_bind_group",
            )
        components.show(components.note(visit.text("page.score.retro.bind_note")))
        st.form_submit_button(
            visit.text("action.save"), on_click=_bind, args=(visit, feature_id)
        )
    if bound is not None:
        st.button(
            visit.text("page.score.retro.unbind"),
            key="score_unbind",
            on_click=_unbind,
            args=(visit, feature_id),
        )


def _groups(visit: Visit, bound: Binding | None) -> list[tuple[Scope, str]]:
    workspace = visit.workspace
    assert workspace is not None and workspace.period is not None
    last = workspace.period[1].isoformat()
    names = workspace.derive("mart_user", as_of=last)["team"].dropna().unique()
    teams = sorted((str(name) for name in names), key=formats.sorting)
    groups: list[tuple[Scope, str]] = [("all", "")]
    groups += [("profile", code) for code in PROFILES]
    groups += [("team", name) for name in teams]
    if bound and (bound.scope, bound.group) not in groups:
        groups.append((bound.scope, bound.group))
    return groups


def _counted(visit: Visit, kind: str, rows: Any) -> str:
    words = score_measured.kind_words(visit, kind)
    if kind not in rows.index or bool(rows.loc[kind, "is_suppressed"]):
        return words
    people = plural(
        "page.score.retro.people", int(rows.loc[kind, "people"]), visit.language
    )
    uses = formats.number(rows.loc[kind, "use_count"], visit.language)
    return f"{words} · {people}, {visit.text('page.score.retro.uses', count=uses)}"


def _bind(visit: Visit, feature_id: str) -> None:
    state = st.session_state
    kind, launch = state.get("score_bind_kind"), state.get("score_bind_launch")
    chosen: tuple[Scope, str] = state.get("score_bind_group") or ("all", "")
    if not kind or not launch:
        deciding.refuse(visit.text("page.score.retro.bind_both"))
        return
    write(visit, lambda own: own.bind(feature_id, Binding(kind, launch, *chosen)))


def _unbind(visit: Visit, feature_id: str) -> None:
    write(visit, lambda own: own.bind(feature_id, None))


def everything(visit: Visit, found: list[Scorecard], read: Reading) -> None:
    """Draw every feature by the mark kept at its launch and its measured use."""
    marks = board(visit).marks()
    outcomes = [
        (one.sheet.name, told.outcome)
        for one in found
        if (told := score_measured.measured(visit, one, marks)) is not None
    ]
    points = [
        retro.Confronted(name, told.mark, told.share, _agreed(told, read))
        for name, told in outcomes
        if told.mark is not None and told.share is not None
    ]
    if not points:
        title = visit.text("page.score.retro.none")
        components.show(
            components.empty_state(title, visit.text("page.score.retro.none_note"))
        )
        return
    rules = read.rules
    right = sum(one.agreement == "right" for one in points)
    finding = plural("page.score.retro.finding", right, visit.language, of=len(points))
    figure = retro.confronted(
        points,
        Look(visit.language, visit.theme),
        title=visit.text("page.score.retro.all"),
        alt_text=finding,
        marks=(rules["score.mark.uncertain"], rules["score.mark.likely"]),
        shares=(rules["score.retro.rejected"], rules["score.retro.adopted"]),
    )
    with st.container(key="card_score_confronted", border=True):
        drawings.draw(visit, figure, "score_confronted", subtitle=finding)
        components.show(components.note(_correlated(visit, points, read)))
        left = len(found) - len(points)
        if left:
            said = plural("page.score.retro.left", left, visit.language)
            components.show(components.note(said))
        links.method(visit, "retro_test")


def _agreed(told: Any, read: Reading) -> str:
    return agreement(told.mark, told.share, read.rules)


def _correlated(visit: Visit, points: list[retro.Confronted], read: Reading) -> str:
    """Return how the order of marks and that of uses go together, from enough on."""
    fewest = int(read.rules["score.retro.features"])
    if len(points) < fewest:
        return plural(
            "page.score.retro.too_few", len(points), visit.language, of=fewest
        )
    found = rank_correlation([p.mark for p in points], [p.share for p in points])
    if found is None:
        return visit.text("page.score.retro.all_alike")
    value = formats.number(found, visit.language, digits=2)
    return visit.text("page.score.retro.correlation", value=value, count=len(points))
