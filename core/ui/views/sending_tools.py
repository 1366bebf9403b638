"""Which tool to send from: the questions, the answer with its reasons, why no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from core.i18n import formats
from core.rules import Rules
from core.sending import chooser
from core.sending.chooser import QUESTIONS, Choice, Outcome, Weight
from core.sending.tools import Fact, Family
from core.ui import components, links
from core.ui.components import Stat
from core.ui.views import sending_form
from core.ui.views import sending_words as words
from core.visit import Visit

_KEPT = "sending_answers"
_SIGNS: dict[Weight, str] = {
    "fits": "healthy",
    "check": "not_enough_data",
    "weighs": "watch",
    "blocks": "sick",
}


def draw(visit: Visit, switch: Callable[[], None]) -> None:
    """Draw the title, ``switch``, the questions, the families and the tools."""
    assert visit.workspace is not None
    rules = Rules.of(visit.workspace.settings.rules)
    answers = _read()
    choice = chooser.choose(answers, rules)
    eyebrow = visit.text("page.sending.tools.eyebrow")
    components.show(components.verdict_header(eyebrow, title(visit, choice)))
    switch()
    left, right = st.columns([0.34, 0.66], gap="small")
    with left, st.container(key="card_sending_questions"):
        heading = visit.text("page.sending.tools.questions")
        note = visit.text("page.sending.tools.questions_note")
        components.show(components.heading(heading, note))
        _questions(visit, answers)
    with right:
        if not choice.best:
            _nobody(visit, choice)
        for outcome in choice.ranked:
            _tool(visit, outcome, choice, rules)
    components.show(
        components.section(
            visit.text("page.sending.tools.families"),
            visit.text("page.sending.tools.families_note"),
        )
    )
    for column, family in zip(
        st.columns(len(choice.families), gap="small"), choice.families, strict=True
    ):
        with column:
            _family(visit, family, choice)
    names = ("order", "facts", "prices")
    how = [visit.text(f"page.sending.tools.how.{name}") for name in names]
    components.show(components.how(visit.text("common.how"), how))


def _read() -> dict[str, str]:
    """Return the answers of the address, else those left in this visit."""
    query = {n: st.query_params[n] for n in QUESTIONS if n in st.query_params}
    answers = chooser.read(query or st.session_state.get(_KEPT, {}))
    st.session_state[_KEPT] = answers
    for name, answer in answers.items():
        if st.query_params.get(name) != answer:
            st.query_params[name] = answer
    return answers


def _take(name: str) -> None:
    st.query_params[name] = st.session_state[f"sending_{name}"]


def _questions(visit: Visit, answers: dict[str, str]) -> None:
    settled = chooser.settled(answers)
    for name, options in QUESTIONS.items():
        st.session_state[f"sending_{name}"] = answers[name]
        st.selectbox(
            visit.text(f"page.sending.ask.{name}"),
            options,
            format_func=partial(_answer, visit, name),
            key=f"sending_{name}",
            on_change=_take,
            args=(name,),
        )
        if name == "month" and settled[name] != answers[name]:
            note = visit.text("page.sending.tools.month_raised")
            components.show(components.note(note))


def _answer(visit: Visit, name: str, answer: str) -> str:
    if answer.isdigit():
        count = formats.number(int(answer), visit.language)
        return visit.text("page.sending.answer.up_to", count=count)
    if name in ("send", "month") and answer == "more":
        most = formats.number(int(QUESTIONS[name][-2]), visit.language)
        return visit.text("page.sending.answer.more", count=most)
    return visit.text(f"page.sending.answer.{name}.{answer}")


def tool_name(visit: Visit, outcome: Outcome) -> str:
    """Return the name of a tool."""
    return visit.text(f"page.sending.tool.{outcome.tool.name}")


def title(visit: Visit, choice: Choice) -> str:
    """Return the answer: the family and its tools, or that none does all."""
    if not choice.best:
        return visit.text("page.sending.tools.none")
    names = [tool_name(visit, one) for one in choice.best]
    families = {one.tool.family.name for one in choice.best}
    family = families.pop()
    checks = any(one.of("check") for one in choice.best)
    return visit.text(
        f"page.sending.tools.best.{family}{'_check' if checks else ''}",
        tools=formats.either(names, visit.language),
    )


def _nobody(visit: Visit, choice: Choice) -> None:
    """Say what would have to be given up for a tool to fit."""
    asked = [visit.text(f"page.sending.yield.{name}") for name in choice.yields]
    body = visit.text("page.sending.tools.none_several")
    if asked:
        needs = formats.either(asked, visit.language)
        body = visit.text("page.sending.tools.none_yield", needs=needs)
    components.show(components.notice("watch", body))


def _standing(outcome: Outcome, choice: Choice) -> str:
    """Return the state of a tool: best, possible, to be checked, or out."""
    if outcome.is_out:
        return "out"
    if outcome in choice.best:
        return "best"
    return "check" if outcome.of("check") else "possible"


_STATES = {
    "best": "healthy",
    "possible": "watch",
    "check": "not_enough_data",
    "out": "at_risk",
}


def _tool(visit: Visit, outcome: Outcome, choice: Choice, rules: Rules) -> None:
    """Draw a tool: what speaks for and against it, what it cannot do, its facts."""
    tool, standing = outcome.tool, _standing(outcome, choice)
    found = [
        Stat(_finding(visit, one, outcome), "", _SIGNS[weight])
        for weight in ("blocks", "weighs", "check", "fits")
        for one in outcome.of(weight)
    ]
    is_best = standing == "best"
    key = f"card_{'accent_' if is_best else ''}sending_tool_{tool.name}"
    with st.container(key=key):
        components.show(
            components.heading(
                tool_name(visit, outcome),
                visit.text(f"page.sending.family.{tool.family.name}.name"),
                state=_STATES[standing],
                word=visit.text(f"page.sending.standing.{standing}"),
            ),
            components.stat_list(found),
            components.note(visit.text(f"page.sending.cannot.{tool.name}")),
            _facts(visit, outcome, rules),
        )
        if is_best:
            label = visit.text(
                "page.sending.tools.plan", tool=tool_name(visit, outcome)
            )
            links.page_link(
                visit, "sending", label, **sending_form.with_tool(tool.name)
            )


def _finding(visit: Visit, one: chooser.Finding, outcome: Outcome) -> str:
    number = formats.number(one.number, visit.language)
    return visit.text(
        f"page.sending.finding.{one.weight}.{one.code}",
        number=number,
        tool=tool_name(visit, outcome),
    )


def _facts(visit: Visit, outcome: Outcome, rules: Rules) -> str:
    """Return what is known of the tool, each fact with its standing and its date."""
    rows = []
    for fact in outcome.tool.facts.values():
        said = escape(fact_sentence(visit, outcome.tool.name, fact, rules))
        proof = escape(words.proof(visit, fact))
        rows.append(f'<p>{said} <span class="note">{proof}</span></p>')
    summary = escape(visit.text("page.sending.tools.facts"))
    return f'<details class="how"><summary>{summary}</summary>{"".join(rows)}</details>'


def fact_sentence(visit: Visit, tool: str, fact: Fact, rules: Rules) -> str:
    """Return a fact in words; those that are alike for every tool share their text."""
    number = int(rules[fact.rule]) if fact.rule else fact.number
    count = formats.number(number, visit.language)
    key = f"page.sending.fact.{tool}.{fact.name}"
    if fact.name in ("french", "europe"):
        known = "yes" if fact.level else "maybe" if fact.maybe > 0 else "no"
        key = f"page.sending.fact.{fact.name}.{known}"
    elif fact.name.startswith("crm_"):
        known = ("out", "files", "sync", "native")[fact.level + 1]
        if fact.maybe > fact.level:
            known = "maybe"
        crm = visit.text(f"page.sending.fact.{fact.name}")
        return visit.text(f"page.sending.fact.crm.{known}", crm=crm)
    return visit.text(key, count=count)


def _family(visit: Visit, family: Family, choice: Choice) -> None:
    """Draw a family: what it is for, what it cannot do, when to change for another."""
    standings = [
        _standing(one, choice) for one in choice.ranked if one.tool.family == family
    ]
    standing = next(name for name in _STATES if name in standings)
    base = f"page.sending.family.{family.name}"
    tools = [
        tool_name(visit, one) for one in choice.ranked if one.tool.family == family
    ]
    word = visit.text(f"page.sending.standing.{standing}")
    components.show(
        components.card(
            components.heading(
                visit.text(f"{base}.name"), state=_STATES[standing], word=word
            ),
            components.note(formats.listing(tools, visit.language)),
            components.paragraph(visit.text(f"{base}.use")),
            components.paragraph(visit.text(f"{base}.cannot")),
            components.paragraph(visit.text(f"{base}.change")),
        )
    )
