"""What the views of the audit share: the notes, the reader, their common words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from core.i18n import formats, plural, text
from core.questionnaire import words
from core.questionnaire.circle import Circle
from core.questionnaire.model import Assessment, Interview
from core.questionnaire.notebook import Notebook
from core.questionnaire.reading import Mark
from core.questionnaire.report import Audit
from core.rules import DEFAULTS, Rules
from core.ui import components
from core.ui.components import rich
from core.ui.icons import icon
from core.visit import Visit


@dataclass(frozen=True)
class Room:
    """One reader before the notes of one workspace; ``audit`` None before the first."""

    visit: Visit
    notebook: Notebook
    circle: Circle
    assessments: tuple[Assessment, ...]
    audit: Audit | None
    can_note: bool

    @property
    def opened(self) -> Audit:
        """The audit, where a view is drawn only with one."""
        assert self.audit is not None
        return self.audit

    def text(self, key: str, /, **values: object) -> str:
        """Return a text in the reader's language."""
        return self.visit.text(key, **values)

    def number(self, value: Any, digits: int = 0) -> str:
        """Return a figure as the reader writes it."""
        return formats.number(value, self.visit.language, digits=digits)

    def day(self, value: date | None) -> str:
        """Return a day as the reader writes it, a dash without one."""
        return formats.day(value, self.visit.language)


def headline(audit: Audit, language: str) -> str:
    """Return what an audit says, in one sentence: the title of page and document."""
    mark, code = audit.overall, audit.weakest
    if code is None:
        asked = formats.number(mark.asked, language)
        return text("audit.title.none", language, asked=asked)
    asked = formats.number(mark.asked, language)
    if audit.marks[code].state == "healthy":
        return plural("audit.title.good", mark.answered, language, asked=asked)
    weak = text(f"process.{code}.clause", language)
    low = words.value(audit.marks[code], language)
    return text("audit.title.weak", language, weak=weak, mark=low)


def theme(code: str, mark: Mark, language: str, *, is_open: bool = False) -> str:
    """Return one line of the marks by theme: name, sign, mark, bar, answers."""
    name = escape(text(f"process.{code}", language))
    share = (mark.value or 0.0) / 10
    bar = f'<span class="bar {mark.state}" style="width:{share:.1%}"></span>'
    state = escape(text(f"audit.state.{mark.state}", language))
    value = escape(words.value(mark, language))
    here = ' class="here"' if is_open else ""
    done = rich(words.answered(mark, language))
    return (
        f'<li{here}><p class="name"><span class="what">{name}<span class="note">{done}'
        f'</span></span><span class="t-{mark.state}">{icon(mark.state, state)}{value}'
        f'</span></p><div class="bullet"><div class="track">{bar}</div></div></li>'
    )


def themes(marks: Mapping[str, Mark], language: str, present: str = "") -> str:
    """Return the marks of themes as a list, in the order of ``marks``."""
    rows = (theme(c, m, language, is_open=c == present) for c, m in marks.items())
    return f'<ul class="themes">{"".join(rows)}</ul>'


def scale(room: Room) -> str:
    """Return from which mark a theme is strong, and under which it is fragile."""
    workspace = room.visit.workspace
    rules = Rules.of(workspace.settings.rules) if workspace else DEFAULTS
    said = room.text(
        "audit.scale",
        healthy=room.number(rules["questionnaire.healthy"], 1),
        watch=room.number(rules["questionnaire.watch"], 1),
    )
    return components.note(said)


def go(code: str) -> None:
    """Open a question."""
    st.query_params["question"] = code


def note(room: Room, interview: Interview, code: str, part: str, value: str) -> None:
    """Keep one part of an answer; the question stays open."""
    go(code)
    room.notebook.note(room.visit.who, interview.interview_id, code, part, value)
