"""Charts of conversations: bars of silence, and the time line of one account."""

from __future__ import annotations

import json

import altair as alt
import pandas as pd
import pytest

from core.charts import Look
from core.charts import conversation_line as chart
from core.charts.conversations import silences
from core.i18n import LANGUAGES

WORDS = {"title": "Le titre", "alt_text": "Le constat, avec 7 comptes sur 10."}
BUCKETS = [
    ("month", "Moins de 30 jours", 110, "talking"),
    ("half", "De 3 mois à 6 mois", 10, "quiet"),
    ("longer", "Plus de 12 mois", 7, "silent"),
    ("never", "Jamais", 0, "silent"),
]
DAYS = pd.date_range("2026-01-05", periods=3, freq="30D")
EVENTS = pd.DataFrame(
    {
        "event": ["exchange", "exchange", "exchange", "opened", "won", "response"],
        "day": [*DAYS, DAYS[0], DAYS[1], DAYS[2]],
        "channel": ["call", "call", "chat", "opportunity", "opportunity", "campaign"],
        "event_count": [1, 3, 1, 1, 1, 1],
        "amount": [None, None, None, 1000.0, None, None],
        "currency": [None, None, None, "EUR", None, None],
    }
)
PAUSES = pd.DataFrame(
    {
        "start": [DAYS[0], DAYS[2]],
        "end": [DAYS[1], pd.Timestamp("2026-04-30")],
        "days": [30, 55],
        "words": ["30 jours", "55 jours"],
        "is_current": [False, True],
    }
)


def drawn(look: Look, events: pd.DataFrame = EVENTS) -> object:
    return chart.line(
        events,
        PAUSES,
        look,
        first=DAYS[0],
        last=pd.Timestamp("2026-04-30"),
        **WORDS,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_are_valid_and_speak(language: str, theme: str) -> None:
    look = Look(language, theme)
    for figure in (silences(BUCKETS, look, **WORDS), drawn(look)):
        with alt.data_transformers.enable(max_rows=None):
            specification = figure.chart.to_dict()
        assert json.dumps(specification)
        assert len(figure.table)
        assert not figure.table.isna().any().any()


def test_only_what_is_over_a_limit_is_saturated() -> None:
    look = Look("fr")
    figure = silences(BUCKETS, look, **WORDS)
    colour = figure.chart.to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(colour["domain"], colour["range"], strict=True)) == {
        "talking": look.colours.seq2,
        "quiet": look.colours.warn_m,
        "silent": look.colours.bad_m,
    }
    assert list(figure.table.iloc[:, 1]) == ["110", "10", "7", "0"]
    assert figure.table.iloc[2, 2] == "6\u00a0%"


def test_lanes_are_those_that_hold_something_in_their_order() -> None:
    marks = chart.marks(EVENTS)
    assert chart.lanes(marks) == ["call", "chat", "campaign"]
    assert marks["count"].sum() == 6
    assert marks.loc[marks["lane"] == "call", "count"].tolist() == [1, 3]


def test_a_long_conversation_is_drawn_by_week_then_by_month() -> None:
    days = pd.date_range("2024-01-01", periods=900)
    events = pd.DataFrame(
        {"event": "exchange", "day": days, "channel": "call", "event_count": 1}
    )
    marks = chart.marks(events)
    assert len(marks) <= chart.MOST_MARKS
    assert marks["count"].sum() == 900
    assert ((marks["last"] - marks["day"]).dt.days == 6).all()
    many = pd.concat(
        [events.assign(channel=one) for one in chart.CHANNELS], ignore_index=True
    )
    marks = chart.marks(many)
    assert len(marks) <= chart.MOST_MARKS
    assert marks["count"].sum() == 900 * len(chart.CHANNELS)


def test_the_table_tells_deals_and_exchanges_the_latest_first() -> None:
    table = drawn(Look("fr")).table
    said = table.iloc[:, 2].tolist()
    assert "Opportunité ouverte\u00a0: 1\u00a0000\u00a0€" in said
    assert "Opportunité gagnée" in said
    assert "3 échanges" in said
    assert table.iloc[0, 0].endswith("mars 2026")
