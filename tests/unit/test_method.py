"""What the method page says is what the code does: figures, limits, words, rows."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

from core import models, periods
from core.accounts.sessions import DEMO_WORKSPACE
from core.i18n import LANGUAGES, formats, keys, template, text
from core.method import facts, headers, texts
from core.method.figure import Figure
from core.method.figures import FIGURES
from core.method.rows import rows as rows_of
from core.method.thresholds import SOURCES, THRESHOLDS, Threshold
from core.pages import PAGES
from core.profiles import PROFILES
from core.rules import OURS, RULES
from core.store import Store
from core.workspace import Rights, Workspace
from core.workspace_settings import PRIVACY, WorkspaceSettings

ROOT = Path(__file__).resolve().parents[2]
# Modules whose public numbers decide what a reader sees.
JUDGES = (
    *("campaigns.counts", "campaigns.verdict", "campaigns.history"),
    *("headline", "indicators", "people", "periods", "privacy"),
    *("profiles", "pyramid", "severity", "verdicts"),
)
EACH = pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda f: f.code)
IN_EACH = pytest.mark.parametrize("language", LANGUAGES)


def numbers(name: str) -> set[str]:
    """Return the public upper-case numbers of a module of core, by assignment."""
    file = ROOT / f"core/{name.replace('.', '/')}.py"
    tree = ast.parse(file.read_text("utf-8"))
    module: ModuleType = importlib.import_module(f"core.{name}")
    found = set()
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            found |= {part.id for part in parts if isinstance(part, ast.Name)}
    return {
        name
        for name in found
        if re.fullmatch(r"[A-Z][A-Z_]*", name)
        and isinstance(getattr(module, name), int | float)
    }


@EACH
@IN_EACH
def test_figure_has_its_texts(figure: Figure, language: str) -> None:
    for part in ("name", "question", "formula", "excluded"):
        said = texts.written(figure, part, language)
        assert said.strip()
        assert "{" not in said
    assert texts.written(figure, "question", language).rstrip().endswith("?")
    values = texts.values(figure, language)
    assert text(f"method.period.{figure.period}", language, **values)
    assert text(f"method.unit.{figure.unit}", language)
    assert text(f"method.group.{figure.group}", language)


@EACH
def test_figure_names_files_that_exist(figure: Figure) -> None:
    assert figure.models or figure.modules
    for name in figure.models:
        header = headers.header(name)
        assert (ROOT / header.path).read_text("utf-8") == header.text
        assert header.description
        assert header.columns
        assert set(header.grain) <= {column for column, _, _ in header.columns}
    for path in figure.modules:
        assert (ROOT / path).is_file()
    assert figure.page in {spec.name for spec in PAGES}


def test_anchors_are_unique_and_plain() -> None:
    codes = [figure.code for figure in FIGURES.values()]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch(r"[a-z_]+", code)] == []
    names = [texts.written(figure, "name", "fr") for figure in FIGURES.values()]
    assert len(set(names)) == len(names)


def test_every_step_of_the_funnel_is_told() -> None:
    from core.report import STEPS

    assert set(STEPS) <= set(FIGURES)


@pytest.mark.parametrize("limit", THRESHOLDS.values(), ids=lambda t: t.code)
def test_limit_is_the_one_in_force(limit: Threshold) -> None:
    name, _, where = limit.place.partition(":")
    if name == "rule":
        force = RULES[where].default
    elif name.startswith("core."):
        force = getattr(importlib.import_module(name), where)
    else:
        found = re.search(where, models.read()[name].text)
        assert found, "the SQL file no longer states it"
        force = float(found[1])
    assert limit.value * limit.scale == pytest.approx(float(force))
    assert limit.origin in (OURS, *SOURCES)
    assert (ROOT / limit.file.split(",")[0]).is_file()
    for language in LANGUAGES:
        if limit.kind == "percent" or limit.unit == "percent":
            digits = 0 if float(round(100 * limit.value, 6)).is_integer() else 1
            shown = formats.percent(limit.value, language, digits=digits)
        elif limit.unit == "points":
            shown = texts.short(100 * limit.value, language)
        else:
            shown = texts.short(limit.value, language)
        assert shown in texts.limit_sentence(limit, language)
        assert texts.origin(limit, language)


def test_a_limit_that_left_its_place_is_an_error() -> None:
    gone = (
        Threshold("x", r"mart_user:no such words (\d+)"),
        Threshold("x", "core.pyramid:NOT_THERE"),
    )
    for limit in gone:
        with pytest.raises(LookupError):
            _ = limit.value


@pytest.mark.parametrize("name", JUDGES)
def test_every_number_that_judges_is_told(name: str) -> None:
    told = {limit.place for limit in THRESHOLDS.values()}
    untold = {n for n in numbers(name) if f"core.{name}:{n}" not in told}
    assert untold == set()


def test_every_limit_belongs_to_a_figure() -> None:
    used = {code for figure in FIGURES.values() for code in figure.limits}
    assert used == set(THRESHOLDS)


@IN_EACH
def test_formulas_state_no_number_of_their_own(language: str) -> None:
    # A number in a sentence would drift; those of limits are put in when it is shown.
    for code in FIGURES:
        for part in ("formula", "excluded"):
            raw = re.sub(r"\{\w+\}", "", template(f"figure.{code}.{part}", language))
            # A relative change takes one away; an interval at 95 % is a definition.
            raw = re.sub(r"− 1\.|95\s?%", "", raw)
            assert not re.search(r"\d", raw), (code, part)


def test_a_word_is_found_in_both_languages_and_shown_where_it_says() -> None:
    assert texts.search_words("losange")[0] == "shapes"
    assert texts.search_words("CALL LIST") == texts.search_words("liste d'appels")
    assert texts.search_words("call list")[0] == "call_list"
    assert texts.search_words("zzz") == ()
    pages = {spec.name for spec in PAGES}
    for code, shown in texts.WHERE.items():
        assert shown, code
        assert set(shown) <= pages, code


def test_glossary_is_that_of_the_project() -> None:
    lines = (ROOT / ".github/GLOSSARY.md").read_text("utf-8").splitlines()
    cells = [[c.strip() for c in x.split("|")[1:4]] for x in lines if x[:1] == "|"]
    stated = {english: french for english, french, _ in cells[2:]}
    told = {
        text(f"glossary.{code}.word", "en"): text(f"glossary.{code}.word", "fr")
        for code in texts.GLOSSARY
    }
    plain = {k: v.replace("\u2019", "'") for k, v in told.items()}
    assert plain == stated
    for language in LANGUAGES:
        meanings = {f"glossary.{code}.meaning" for code in texts.GLOSSARY}
        assert meanings <= keys(language)


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [
        ("jours attendus", "fr", "expected_days"),
        ("EVOLUTION", "fr", "evolution"),
        ("expected days", "en", "expected_days"),
        ("retour sur investissement", "fr", "roi"),
        ("mart_second_mail", "en", "second_mail"),
    ],
)
def test_search_finds_by_name_first(words: str, language: str, first: str) -> None:
    assert texts.search(words, language)[0].code == first


def test_search_reads_formulas_and_limits_too() -> None:
    assert "shapes" in {figure.code for figure in texts.search("losange", "fr")}
    assert "states" in {figure.code for figure in texts.search("42", "fr")}
    assert texts.search("zzz introuvable", "fr") == ()
    assert set(texts.search("", "fr")) == set(FIGURES.values())


def test_every_profile_has_a_rhythm_to_show() -> None:
    for language in LANGUAGES:
        for code in PROFILES:
            assert text(f"profile.{code}", language)


@pytest.fixture
def workspace(demo_data: Path, request: pytest.FixtureRequest) -> Workspace:
    """The demo company as a director sees it, in the privacy that the test asks."""
    store = Store(demo_data / "workspaces" / DEMO_WORKSPACE)
    settings = WorkspaceSettings(privacy=request.param)
    return Workspace(store, settings, Rights.of("director"))


@pytest.mark.parametrize("workspace", PRIVACY, indirect=True)
def test_facts_of_every_figure_have_their_texts(workspace: Workspace) -> None:
    for code in FIGURES:
        for fact in facts.facts(workspace, code):
            for language in LANGUAGES:
                assert f"{fact.counts}.{fact.code}" in keys(language), fact
        for used in rows_of(workspace, code):
            assert used.read == used.kept + used.rejected


@pytest.mark.parametrize("workspace", ["names"], indirect=True)
def test_states_and_programs_share_out_everybody(workspace: Workspace) -> None:
    told = {fact.code: fact.value for fact in facts.facts(workspace, "states")}
    (users,) = (r for r in rows_of(workspace, "states") if r.object == "user")
    assert sum(told.values()) == users.kept
    assert told["programs"] == 1
    judged = {fact.code: fact.value for fact in facts.facts(workspace, "verdicts")}
    assert sum(judged.values()) == users.kept


@pytest.mark.parametrize("workspace", ["teams"], indirect=True)
def test_teams_hide_what_counts_single_people(workspace: Workspace) -> None:
    for code in ("states", "profiles", "verdicts"):
        assert facts.is_hidden(workspace, code)
        told = facts.facts(workspace, code)
        assert [fact.code for fact in told] == ["programs"]


@pytest.mark.parametrize("workspace", ["names"], indirect=True)
def test_facts_are_those_of_the_marts(workspace: Workspace) -> None:
    last = periods.last_data_day(workspace)
    assert last is not None
    day = last.isoformat()
    ladder = workspace.query("mart_adoption", as_of=day).iloc[0]
    told = {fact.code: fact.value for fact in facts.facts(workspace, "ladder")}
    assert told == {name: ladder[name] for name in told}
    levels = workspace.query("mart_pyramid", as_of=day)
    company = levels[levels["level"] == "company"].iloc[0]
    told = {fact.code: fact.value for fact in facts.facts(workspace, "pyramid")}
    assert told["accounts"] == company["accounts"]
    assert told["observed_calls"] == company["observed_calls"]
    days = facts.facts(workspace, "working_days")
    assert {fact.code: fact.value for fact in days}["working_days"] == 22
    assert {fact.code: fact.value for fact in days}["holidays"] == 11
    assert [f.value for f in facts.facts(workspace, "gaps")] == [0]


def test_an_empty_workspace_tells_nothing(tmp_path: Path) -> None:
    empty = Workspace(Store(tmp_path / "w"), WorkspaceSettings(), Rights.of("viewer"))
    for code in FIGURES:
        assert facts.facts(empty, code) == ()
        assert rows_of(empty, code) == ()
