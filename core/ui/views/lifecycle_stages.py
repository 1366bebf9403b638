"""Month after month: who comes, stays and stops, and the people behind each bar."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core import lifecycle
from core.charts import lifecycle as charts
from core.charts.trend import trend
from core.i18n import formats, plural
from core.scene import Scene
from core.ui import components, drawings
from core.ui.views import lifecycle_people
from core.ui.views.person_words import records, why

_MONTHS = 14
_VIEWS = ("moves", "all")
# The classes that somebody may act on come first.
_FIRST = ("dormant", "left", "new", "resurrected", "returning")
_WIDTHS = {
    "name": 160,
    "last_day": 125,
    "previous_day": 130,
    "team": 140,
    "verdict": 120,
    "why": 480,
}


def draw(one: Scene) -> None:
    """Draw the months, then the people of the month and class asked for."""
    months = one.remember("stages", lambda: _months(one))
    told = months["active"].notna().any()
    if not told:
        title = one.visit.text("page.lifecycle.stages.title")
        key = "few" if len(months) else "missing"
        missing = one.visit.text(f"page.lifecycle.stages.{key}")
        components.show(components.empty_state(title, missing))
        return
    with st.container(border=True, key="card_stages"):
        if one.shows_people:
            _people(one, months)
        else:
            _company(one, months)


def _months(one: Scene) -> pd.DataFrame:
    users = set(one.rows["user_id"])
    return lifecycle.by_month(one.workspace, one.period.as_of, users).tail(_MONTHS)


def _company(one: Scene, months: pd.DataFrame) -> None:
    """Draw the people active each month: who comes and goes are too few to tell."""
    visit = one.visit
    known = months.dropna(subset=["active"])
    frame = pd.DataFrame(
        {
            "month": months["month"],
            "value": months["active"].astype("float64"),
            "is_complete": ~months["is_running"].astype(bool),
        }
    )
    last = known.iloc[-1]
    people = plural("count.person", int(last["active"]), visit.language)
    month = formats.month(last["month"], visit.language)
    alt = visit.text("page.lifecycle.stages.active_alt", people=people, month=month)
    figure = trend(
        frame,
        one.look,
        title=visit.text("page.lifecycle.stages.active_title"),
        alt_text=alt,
        indicator=visit.text("chart.people"),
        written=one.look.number,
        height=230,
    )
    drawings.draw(visit, figure, "active_people", subtitle=alt)


def _finding(one: Scene, months: pd.DataFrame) -> str:
    """Return what the last complete month shows."""
    visit = one.visit
    done = months[~months["is_running"].astype(bool)]
    last = (done if len(done) else months).iloc[-1]
    parts = [
        plural(f"page.lifecycle.finding.{stage}", int(last[stage]), visit.language)
        for stage in ("new", "resurrected", "dormant", "left")
        if pd.notna(last[stage]) and last[stage]
    ]
    month = formats.month(last["month"], visit.language)
    if not parts:
        return visit.text("page.lifecycle.finding.none", month=month)
    listed = formats.listing(parts, visit.language)
    return visit.text("page.lifecycle.finding", month=month, parts=listed)


def _people(one: Scene, months: pd.DataFrame) -> None:
    visit = one.visit
    month, stage = _asked(months)
    with st.container(horizontal=True, key="stages_head"):
        title = visit.text("page.lifecycle.stages.title")
        components.show(components.heading(title, _finding(one, months)))
        view = st.segmented_control(
            visit.text("page.adoption.view"),
            _VIEWS,
            format_func=lambda name: visit.text(f"page.lifecycle.view.{name}"),
            required=True,
            default=_VIEWS[0],
            key="stages_view",
            label_visibility="collapsed",
        )
    is_all = view == "all"
    keys = charts.legend(one.look, with_returning=is_all)
    # The outline tells which people are below the drawing.
    edge = "background:transparent;border:2.4px solid var(--text)"
    keys.append((edge, visit.text("page.lifecycle.stages.chosen")))
    components.show(components.legend(keys))
    figure = charts.stages(
        months,
        one.look,
        title=title,
        alt_text=_finding(one, months),
        with_returning=is_all,
        chosen=f"{month}:{stage}",
    )
    picked = drawings.draw(visit, figure, "stages", heading=False, selection="stage")
    if picked and picked != st.session_state.get("stage_picked"):
        st.session_state["stage_picked"] = picked
        chosen_month, _, chosen_stage = picked.partition(":")
        _choose(chosen_month, chosen_stage)
        st.rerun()
    notes = [visit.text("page.lifecycle.stages.note")]
    if _in_season(months):
        notes.insert(0, visit.text("page.lifecycle.stages.season"))
    components.show(components.note(" ".join(notes)))
    _behind(one, months, month, stage)


def _in_season(months: pd.DataFrame) -> bool:
    """Tell whether the most stops fall in August, of which some are holidays."""
    stops = months.dropna(subset=["dormant"])
    known = dict(zip(stops["month"], stops["dormant"].astype(float), strict=True))
    most = max(known, key=lambda month: known[month], default="")
    return bool(most) and known[most] > 0 and str(most).endswith("-08")


def _counts(months: pd.DataFrame, month: str) -> dict[str, int]:
    row = months[months["month"] == month].iloc[0]
    return {s: 0 if pd.isna(row[s]) else int(row[s]) for s in _FIRST}


def _asked(months: pd.DataFrame) -> tuple[str, str]:
    """Return the month and the class in the address, else those to look at first."""
    known = months["month"].tolist()
    done = months.loc[~months["is_running"].astype(bool), "month"].tolist() or known
    month = st.query_params.get("of", "")
    if month not in known:
        month = done[-1]
    stage = st.query_params.get("stage", "")
    if stage not in _FIRST:
        counts = _counts(months, month)
        stage = next((name for name in _FIRST if counts[name]), _FIRST[0])
    return month, stage


def _choose(month: str, stage: str) -> None:
    st.query_params["of"] = month
    st.query_params["stage"] = stage


def _behind(one: Scene, months: pd.DataFrame, month: str, stage: str) -> None:
    """Draw the choice of a month and a class, and its people."""
    visit = one.visit
    counts = _counts(months, month)
    st.session_state["behind_month"] = month
    st.session_state["behind_stage"] = stage

    def take() -> None:
        _choose(st.session_state["behind_month"], st.session_state["behind_stage"])

    with st.container(horizontal=True, key="behind_bar"):
        st.selectbox(
            visit.text("chart.month"),
            list(reversed(months["month"].tolist())),
            format_func=lambda m: formats.capital(formats.month(m, visit.language)),
            key="behind_month",
            on_change=take,
            width=220,
        )
        st.selectbox(
            visit.text("chart.stage"),
            _FIRST,
            format_func=lambda name: visit.text(
                "page.lifecycle.stages.option",
                stage=formats.capital(visit.text(f"lifecycle.{name}")),
                count=counts[name],
            ),
            key="behind_stage",
            on_change=take,
            width=300,
        )
    rows = _rows(one, month, stage)
    when = formats.month(month, visit.language)
    name = visit.text(f"lifecycle.{stage}")
    if not len(rows):
        said = visit.text("page.lifecycle.stages.nobody", stage=name, month=when)
        components.show(components.note(said))
        return
    people = plural("count.person", len(rows), visit.language)
    said = visit.text(
        "page.lifecycle.stages.behind", people=people, stage=name, month=when
    )
    components.show(components.note(said))
    lifecycle_people.draw(one, rows, _WIDTHS, "stage")


def _rows(one: Scene, month: str, stage: str) -> pd.DataFrame:
    """Return the people of a month and class as this reader may see them."""
    visit = one.visit
    day = one.period.as_of.isoformat()
    moves = one.workspace.query("mart_lifecycle_person", as_of=day)
    moves = moves[moves["month"].eq(month) & moves["stage"].eq(stage)]
    columns = ["user_id", "previous_day", "is_first_visit"]
    rows = one.shown.merge(moves[columns], on="user_id")
    rows = rows.sort_values(["last_day", "name"], na_position="first")
    words = [visit.text(f"verdict.{code}") for code in rows["verdict"]]
    said = [why(one.look, row).replace("**", "") for row in records(rows)]
    return rows.assign(state=rows["verdict"], verdict=words, why=said)
