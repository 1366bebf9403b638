"""The portfolio's rows: what is said of projects, their order, their reasons."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from core.charts import Look
from core.charts.portfolio import reasons
from core.demo import portfolio as examples
from core.errors import InvalidSetting
from core.i18n import LANGUAGES
from core.portfolio import figures, project
from core.portfolio.figures import Figures
from core.portfolio.project import Project, checked, phase
from core.portfolio.reasons import EVERY, FEWEST, by_period, present
from core.portfolio.rows import Row, chosen, ordered
from core.rules import DEFAULTS, Rules
from core.sentences import Sentence
from core.ui.views.portfolio_cards import plain_label

TODAY = date(2026, 11, 20)
HOSTILE = '=cmd()<script>alert(1)</script> **gras** [x](http://x.example) :red[a] "'


def test_what_is_said_comes_back_as_it_was() -> None:
    said = Project("rescue", "2025-03", "Voir la direction", date(2026, 12, 1))
    assert project.of({"project": json.loads(json.dumps(said.to_json()))}) == said
    assert project.of({}) == Project()
    assert project.of({"project": "?"}) == Project()
    assert project.of({"project": {"reason": "of another release"}}) == Project()


@pytest.mark.parametrize(
    ("entry", "setting"),
    [
        ({"reason": "whim"}, "project_reason"),
        ({"start": "2026-13"}, "project_start"),
        ({"start": "2026-"}, "project_start"),
        ({"start": "-05"}, "project_start"),
        ({"start": "1889-01"}, "project_start"),
        ({"next_step": "x" * 201}, "project_step"),
        ({"due": "demain"}, "project_due"),
    ],
)
def test_what_cannot_be_is_refused(entry: dict[str, str], setting: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        checked(entry)
    assert caught.value.context["setting"] == setting


def test_next_step_is_one_line() -> None:
    assert checked({"next_step": " a\n\tb "}).next_step == "a b"


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (None, None),
        ("2026-12", "to_come"),
        ("2026-11", "launch"),
        ("2026-06", "launch"),
        ("2026-05", "adoption"),
        ("2025-06", "adoption"),
        ("2025-05", "settled"),
    ],
)
def test_phase_follows_the_age_in_months(start: str | None, told: str | None) -> None:
    assert phase(Project(start=start), TODAY, DEFAULTS) == told


def test_phase_follows_the_limits_in_force() -> None:
    rules = Rules({"portfolio.launch": 12})
    assert phase(Project(start="2026-01"), TODAY, DEFAULTS) == "adoption"
    assert phase(Project(start="2026-01"), TODAY, rules) == "launch"


def told(state: str, share: float | None, before: float | None = None) -> Figures:
    habit = (None, None, None, before, None, None, share)
    return Figures("told", state=state, habit=habit, symptoms=())


ROWS = [
    Row("a", "Été", Project(), told("healthy", 0.9, 0.8)),
    Row("b", "alpha", Project("rescue", due=date(2027, 1, 5)), told("sick", 0.3, 0.5)),
    Row("c", "Beta", Project(due=date(2026, 12, 5)), told("sick", 0.2, 0.25)),
    Row("d", "Zeta", Project(), None),
    Row("e", "Damaged", Project(), Figures("damaged")),
    Row("f", "Gamma", Project("first_crm"), told("watch", None)),
]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("worst", "Beta alpha Gamma Damaged Zeta Été"),
        ("name", "alpha Beta Damaged Été Gamma Zeta"),
        ("trend", "alpha Beta Été Damaged Gamma Zeta"),
        ("due", "Beta alpha Damaged Été Gamma Zeta"),
    ],
)
def test_order(by: str, names: str) -> None:
    assert " ".join(row.name for row in ordered(ROWS, by)) == names


def test_oldest_data_come_first() -> None:
    days = (date(2026, 10, 1), None, date(2026, 8, 1))
    rows = [
        Row(str(n), str(n), Project(), Figures("told", as_of=day))
        for n, day in enumerate(days)
    ]
    assert [row.name for row in ordered(rows, "date")] == ["2", "0", "1"]


def test_filters_are_taken_together() -> None:
    assert [row.name for row in chosen(ROWS, state="sick")] == ["alpha", "Beta"]
    assert [row.name for row in chosen(ROWS, state="sick", reason="rescue")] == [
        "alpha"
    ]
    assert [row.name for row in chosen(ROWS, words=" ete ")] == ["Été"]
    assert len(chosen(ROWS, reason="not_said")) == 4
    assert chosen(ROWS, words="(") == []


def test_figures_are_kept_under_their_key_only(tmp_path: Path) -> None:
    found = Figures(
        "told",
        state="watch",
        headline=Sentence("headline.range.below", 3, {"n": 12}),
        as_of=date(2026, 10, 31),
        licensed=12,
        habit=(None, 0.25),
        symptoms=("blunted_tool",),
        step=Sentence("step_first.calls.what"),
        step_code="calls",
    )
    figures.keep(tmp_path, "one", found)
    assert figures.kept(tmp_path, "one") == found
    assert figures.kept(tmp_path, "other") is None
    assert (tmp_path / figures.FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [figures.FILE]
    (tmp_path / figures.FILE).write_text("{")
    assert figures.kept(tmp_path, "one") is None
    figures.keep(tmp_path / "gone", "one", found)


def test_a_verdict_loses_the_teams_that_it_names() -> None:
    values = {"n": 40, "ok": 22, "teams": ("Sud",), "part": 7}
    said = figures.of_company(Sentence("headline.range.team", 18, values))
    assert said == Sentence("headline.range.below", 18, {"n": 40, "ok": 22})
    dropping = Sentence("headline.symptom.blunted_tool_in_1", None, {"teams": ("Sud",)})
    said = figures.of_company(dropping)
    assert said == Sentence("headline.symptom.blunted_tool", None, {})
    whole = Sentence("headline.range.everyone")
    assert figures.of_company(whole) == whole


def test_reasons_are_counted_by_period() -> None:
    said = [
        *[Project("rescue", "2018-02"), Project("first_crm", "2019-12")],
        *[Project("rescue", f"2021-0{n}") for n in (1, 2, 3)],
        *[Project(None, "2020-05"), Project("new_step", None)],
    ]
    two = by_period(said, 2).set_index("period")
    assert two["total"].to_dict() == {"2018-2019": 2, "2020-2021": 4}
    assert two["rescue"].tolist() == [1, 3]
    assert two.loc["2020-2021", "not_said"] == 1
    assert (two[list(EVERY)].sum(axis=1) == two["total"]).all()
    one = by_period(said, 1)
    assert one["period"].tolist() == ["2018", "2019", "2020", "2021"]
    assert present(one) == ["first_crm", "rescue", "not_said"]
    assert not len(by_period([Project()], 2))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_few_projects_do_not_fill_a_bar(theme: str) -> None:
    said = [Project("rescue", "2020-01"), Project("first_crm", "2021-01")]
    said += [Project("rescue", f"2022-{n:02d}") for n in range(1, 7)]
    figure = reasons(
        by_period(said, 2),
        Look("fr", theme),
        title="Le titre",
        alt_text="Le constat",
        names={"first_crm": "Premier CRM", "rescue": "Sauvetage"},
        written=[{"Période": "2020-2021", "Sauvetage": "1"}],
        headings=("Période", "Projets"),
        fewest=FEWEST,
        note="",
    )
    (rows,) = figure.spec["datasets"].values()
    ends = {row["period"]: row["end"] for row in rows}
    assert ends == {"2020-2021": pytest.approx(2 / 5), "2022-2023": 1.0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_marked_and_judged_by_the_rules(language: str) -> None:
    rows = examples.rows(language, TODAY)
    assert all(row.is_example and row.project.next_step for row in rows)
    states = {row.name: row.state for row in rows}
    assert states["Atelier Carmin"] in ("sick", "watch")
    assert states["Brasserie du Quai"] == "healthy"
    assert len(rows) == 3


def test_a_hostile_name_stays_words() -> None:
    label = plain_label(HOSTILE)
    assert "**gras**" not in label
    assert "[x](" not in label
    assert ":red[" not in label
    assert "<script>" not in label
