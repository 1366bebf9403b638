"""Answers and figures of an audit in words, for the page and for what is taken away."""

from __future__ import annotations

from core.i18n import formats, text
from core.questionnaire.model import ERASED, LEVELS
from core.questionnaire.reading import Mark, Result
from core.questionnaire.signals import Signal


def level(value: str, language: str) -> str:
    """Return an answer in words, a dash where none was given."""
    if value == ERASED:
        return formats.ABSENT
    return text(f"audit.level.{value}", language)


def consensus(one: Result, language: str) -> str:
    """Return the answer of all interviews together, in words."""
    if one.level is None:
        return formats.ABSENT
    low = int(one.level)
    if one.level == low:
        return level(LEVELS[low], language)
    return text(
        "audit.level.between",
        language,
        low=level(LEVELS[low], language),
        high=level(LEVELS[low + 1], language),
    )


def lowered(sentence: str) -> str:
    """Return words as they stand inside a sentence."""
    return sentence[:1].lower() + sentence[1:]


def spread(one: Result, language: str) -> str:
    """Return how many gave each answer, nothing where all gave the same."""
    if one.lowest == one.highest:
        return ""
    said = [
        text(
            "audit.spread",
            language,
            count=formats.number(count, language),
            level=lowered(level(code, language)),
        )
        for code, count in zip(LEVELS, one.counts, strict=True)
        if count
    ]
    return formats.capital(", ".join(said))


def value(one: Mark, language: str) -> str:
    """Return a mark with one decimal, a dash without one."""
    return formats.number(one.value, language, digits=1)


def answered(one: Mark, language: str) -> str:
    """Return "3/8 answers"."""
    shown = (formats.number(count, language) for count in (one.answered, one.asked))
    done, asked = shown
    return text("audit.answered", language, done=done, asked=asked)


def said(one: Signal, language: str) -> str:
    """Return what the data say, with ``**stars**`` around the decisive words."""
    if one.state:
        return text(f"signal.{one.code}.{one.state}", language)
    figures: dict[str, object] = {}
    for name, figure in one.figures.items():
        if isinstance(figure, str):
            figures[name] = figure
        elif name.endswith("share"):
            figures[name] = formats.percent(figure, language)
        else:
            figures[name] = formats.number(figure, language)
    shown = formats.percent(one.value, language)
    if one.unit == "points":
        points = round(100 * (one.value or 0.0))
        shown = formats.number(points, language)
    return text(f"signal.{one.code}", language, value=shown, **figures)


def span(one: Signal, language: str) -> str:
    """Return the time that a figure looks at."""
    day = formats.day(one.as_of, language)
    return text(f"audit.span.{one.span}", language, day=day)


def plain(sentence: str) -> str:
    """Return a sentence without the stars of its decisive words."""
    return sentence.replace("**", "")
