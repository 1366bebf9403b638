"""The sending days of a plan: what is drawn is what is planned, to scale."""

from __future__ import annotations

from datetime import date

import pytest

from core.charts.figure import Figure, Look
from core.charts.sending import sending
from core.i18n import LANGUAGES
from core.planner import Ask, Openings, Plan, plan

EACH = pytest.mark.parametrize("language", LANGUAGES)


def drawn(sent: Plan, language: str, today: date = date(2026, 12, 1)) -> Figure:
    return sending(
        sent,
        Look(language),
        title="Titre",
        alt_text="Ce que l'on voit",
        today=today,
        off=lambda day: "fermé" if day.weekday() > 4 else "",
    )


def rows(figure: Figure) -> list[dict[str, object]]:
    found = {
        str(row["day"]): row
        for data in figure.spec["datasets"].values()
        for row in data
    }
    return [found[day] for day in sorted(found)]


@EACH
def test_a_bar_a_day_and_a_dot_where_nothing_leaves(language: str) -> None:
    figure = drawn(plan(Ask(12_000, date(2026, 12, 3), 5000), Openings()), language)
    found = rows(figure)
    assert [row["mails"] for row in found] == [5000, 5000, 0, 0, 2000]
    assert [row["kind"] for row in found].count("next") == 1
    assert found[0]["kind"] == "next"
    written = list(figure.table.iloc[:, 1])
    assert written[2:4] == ["fermé", "fermé"]
    (domain,) = {
        tuple(layer["encoding"]["y"]["scale"]["domain"])
        for layer in figure.spec["layer"]
    }
    assert domain[0] == 0


def test_the_next_day_is_the_first_not_yet_gone() -> None:
    sent = plan(Ask(12_000, date(2026, 12, 3), 5000), Openings())
    found = rows(drawn(sent, "fr", today=date(2026, 12, 5)))
    assert [row["kind"] for row in found][-1] == "next"
    over = rows(drawn(sent, "fr", today=date(2027, 1, 1)))
    assert {row["kind"] for row in over} == {"other"}


@EACH
def test_a_long_plan_is_drawn_by_week(language: str) -> None:
    sent = plan(Ask(300_000, date(2026, 12, 1), 5000), Openings())
    found = rows(drawn(sent, language))
    assert sum(int(str(row["mails"])) for row in found) == 300_000
    assert [row["mails"] for row in found][:2] == [20_000, 25_000]
    assert found[0]["day"] == "2026-11-30"
