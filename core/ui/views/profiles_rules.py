"""Rhythms and limits: changed with their effect in sight, then kept for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from core import effects
from core.effects import Move, RulesEffect
from core.errors import InvalidSetting
from core.i18n import plural, text
from core.method.texts import origin
from core.method.thresholds import THRESHOLDS
from core.rules import OURS, RULES, Rule, shown
from core.scene import Scene
from core.ui import components, deciding
from core.visit import Visit
from core.workspace_settings import WorkspaceSettings, check_rules

_DRAFT = "rules_draft"
_WIDTHS = (6, 2, 1.4)
# Units of values from 0 to 1, typed as percent.
_SHARES = ("percent", "points")


def sections() -> dict[str, list[Rule]]:
    """Return the rules by the first word of their code, in the order of the file."""
    found: dict[str, list[Rule]] = {}
    for code, rule in RULES.items():
        found.setdefault(code.partition(".")[0], []).append(rule)
    return found


def _draft(one: Scene) -> dict[str, float]:
    """Return the values typed and not yet kept, of the workspace looked at."""
    kept = st.session_state.get(_DRAFT)
    if kept is None or kept[0] != one.visit.workspace_id:
        kept = st.session_state[_DRAFT] = (one.visit.workspace_id, {})
    draft: dict[str, float] = kept[1]
    return draft


def _changed(values: Mapping[str, float]) -> dict[str, float]:
    """Leave out the values that are the defaults."""
    return {c: v for c, v in values.items() if c in RULES and v != RULES[c].default}


def draw(one: Scene) -> None:
    """Draw the limits of one section, the effect of what was typed, and the buttons."""
    visit = one.visit
    kept = _changed(one.workspace.settings.rules)
    asked = _changed({**kept, **_draft(one)})
    with st.container(border=True, key="card_rules"):
        components.show(
            components.heading(
                visit.text("page.profiles.rules.title"),
                visit.text("page.profiles.rules.note"),
            )
        )
        known = sections()
        section = st.selectbox(
            visit.text("page.profiles.rules.section"),
            list(known),
            format_func=lambda name: _section_name(visit, name, known[name], asked),
            key="rules_section",
        )
        for rule in known[section]:
            _rule(one, rule, asked)
    if visit.can("configure"):
        _end(one, kept, asked)


def _section_name(
    visit: Visit, name: str, rules: list[Rule], asked: Mapping[str, float]
) -> str:
    words = visit.text(f"page.profiles.rules.group.{name}")
    changed = sum(rule.code in asked for rule in rules)
    if not changed:
        return words
    count = plural("page.profiles.rules.changed", changed, visit.language)
    return visit.text("page.profiles.rules.group_changed", name=words, count=count)


def sentence(rule: Rule, value: float, language: str) -> str:
    """Return what a rule decides, with a value."""
    return text(f"limit.{rule.code}", language, value=shown(value, rule.unit, language))


def _rule(one: Scene, rule: Rule, asked: Mapping[str, float]) -> None:
    visit, code = one.visit, rule.code
    value, is_changed = asked.get(code, rule.default), code in asked
    said = sentence(rule, value, visit.language)
    notes = [visit.text("page.profiles.rules.ours")]
    if rule.origin != OURS:
        notes = [origin(THRESHOLDS[code], visit.language)]
    if is_changed:
        default = shown(rule.default, rule.unit, visit.language)
        notes.append(visit.text("page.profiles.rules.default", value=default))
    parts = (
        f'<p class="rule{" changed" if is_changed else ""}">{components.rich(said)}</p>'
        f'<p class="note">{escape(" · ".join(notes))}</p>'
    )
    # A key is the name of a CSS class too.
    key = code.replace(".", "_")
    with st.container(key=f"rule_row_{key}"):
        if not visit.can("configure"):
            components.show(parts)
            return
        words, box, button = st.columns(_WIDTHS, vertical_alignment="center")
        with words:
            components.show(parts)
        with box:
            _box(one, rule, value, said, key)
        if is_changed:
            button.button(
                visit.text("action.reset"),
                key=f"rule_reset_{key}",
                on_click=_set,
                args=(one, code, rule.default),
                type="tertiary",
            )


def _box(one: Scene, rule: Rule, value: float, said: str, key: str) -> None:
    scale = 100 if rule.unit in _SHARES else 1
    step = rule.step * scale
    st.session_state[f"rule_{key}"] = round(value * scale, 4)
    st.number_input(
        said.replace("**", ""),
        min_value=float(rule.low * scale),
        max_value=float(rule.high * scale),
        step=float(step),
        format="%g",
        key=f"rule_{key}",
        label_visibility="collapsed",
        on_change=_type,
        args=(one, rule.code, key, scale),
    )


def _type(one: Scene, code: str, key: str, scale: int) -> None:
    _set(one, code, round(st.session_state[f"rule_{key}"] / scale, 6))


def _set(one: Scene, code: str, value: float) -> None:
    _draft(one)[code] = value


def _reset_all(one: Scene) -> None:
    _draft(one).update({code: rule.default for code, rule in RULES.items()})


def _forget(one: Scene) -> None:
    _draft(one).clear()


def _end(one: Scene, kept: Mapping[str, float], asked: dict[str, float]) -> None:
    """Draw the effect of what was typed, and what can be done with it."""
    visit = one.visit
    if asked:
        st.button(
            visit.text("page.profiles.rules.reset_all"),
            key="rules_reset_all",
            on_click=_reset_all,
            args=(one,),
        )
    if asked == kept:
        return
    with st.container(border=True, key="card_accent_effect"):
        components.show(components.heading(visit.text("page.profiles.effect")))
        is_sound = _effect(one, asked)
        with st.container(horizontal=True, key="rules_actions"):
            st.button(
                visit.text("action.save"),
                type="primary",
                key="rules_save",
                on_click=_save,
                args=(one, asked),
                disabled=not is_sound,
            )
            label = visit.text("action.forget")
            st.button(label, key="rules_forget", on_click=_forget, args=(one,))


def _effect(one: Scene, asked: dict[str, float]) -> bool:
    """Say what the limits typed would change; tell whether they can be."""
    visit = one.visit
    try:
        check_rules(asked)
    except InvalidSetting as error:
        rule, value = RULES[str(error.context["setting"])], error.context["value"]
        assert isinstance(value, float)
        told = sentence(rule, value, visit.language)
        refusal = visit.text("page.profiles.rules.refused", rule=told)
        components.show(components.notice("watch", refusal))
        return False
    with st.spinner(visit.text("common.computing")):
        found = effects.of_rules(one.workspace, asked, one.period)
    components.show(*map(components.paragraph, said(visit, found)))
    return True


def said(visit: Visit, effect: RulesEffect) -> list[str]:
    """Return the effect of other limits, a sentence a change."""
    lines = [_moved(visit, move) for move in effect.moves]
    lines += [
        visit.text(
            "page.profiles.effect_symptom",
            symptom=visit.text(f"symptom.{move.code}.name"),
            before=visit.text(f"verdict.{move.before}"),
            after=visit.text(f"verdict.{move.after}"),
        )
        for move in effect.symptoms
    ]
    return lines or [visit.text("page.profiles.effect_none")]


def _moved(visit: Visit, move: Move) -> str:
    if move.kind == "verdict":
        ends = [visit.text(f"verdict.{code}") for code in (move.before, move.after)]
    else:
        ends = [visit.text(f"profile.{code}") for code in (move.before, move.after)]
    before, after = ends
    if move.people is None:
        key = f"page.profiles.effect_few.{move.kind}"
        return visit.text(key, before=before, after=after)
    key = f"page.profiles.effect_many.{move.kind}"
    return plural(key, move.people, visit.language, before=before, after=after)


def _with_rules(
    settings: WorkspaceSettings, *, rules: Mapping[str, float]
) -> WorkspaceSettings:
    return replace(settings, rules=dict(rules))


def _save(one: Scene, asked: dict[str, float]) -> None:
    visit = one.visit
    old = _changed(one.workspace.settings.rules)
    moved = {
        code: asked.get(code, RULES[code].default)
        for code in sorted(asked.keys() | old.keys())
        if asked.get(code) != old.get(code)
    }
    done = deciding.decide(
        visit,
        "rules",
        partial(_with_rules, rules=asked),
        lambda: plural("page.profiles.rules.saved", len(moved), visit.language),
        changed=moved,
    )
    if done:
        _forget(one)
