"""The words of a figure, its limits put in, and the search among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from core.i18n import LANGUAGES, formats, text
from core.method.figure import Figure
from core.method.figures import FIGURES
from core.method.thresholds import Threshold
from core.rules import DEFAULTS, OURS, Rules, shown

Part = Literal["name", "question", "formula", "excluded"]

WHERE: Mapping[str, tuple[str, ...]] = {
    "user": ("adoption", "settings"),
    "login": ("adoption", "data"),
    "login_day": ("home", "adoption"),
    "action": ("home", "adoption"),
    "active_day": ("home", "adoption"),
    "expected_day": ("adoption", "profiles"),
    "account": ("pyramid", "conversations"),
    "contact": ("pyramid", "campaigns"),
    "activity": ("practices", "data"),
    "call": ("pyramid", "campaigns"),
    "exchange": ("conversations",),
    "conversation": ("conversations",),
    "tier": ("conversations",),
    "opportunity": ("conversations", "campaigns"),
    "campaign": ("campaigns",),
    "campaign_member": ("campaigns", "data"),
    "steps": ("campaigns",),
    "exits": ("campaigns",),
    "complaint": ("campaigns",),
    "doubt": ("campaigns",),
    "call_list": ("campaigns", "home"),
    "call_back": ("campaigns",),
    "second_mail": ("campaigns", "sending"),
    "fatigue": ("campaigns",),
    "attribution": ("campaigns",),
    "team": ("adoption", "home"),
    "profile": ("profiles", "adoption"),
    "state": ("home", "symptoms"),
    "verdict": ("home", "digest"),
    "habitual": ("lifecycle", "portfolio"),
    "cohort": ("lifecycle",),
    "asleep": ("lifecycle", "home"),
    "gateway": ("practices", "symptoms"),
    "proxy": ("practices",),
    "shapes": ("pyramid", "home"),
    "workspace": ("settings", "portfolio"),
    "import": ("data",),
    "export": ("data",),
    "vendor": ("data",),
    "binding": ("data", "score"),
    "workshop": ("score",),
    "facilitator": ("score",),
    "participant": ("score",),
    "round": ("score",),
}
"""The pages that show each word of the trade."""
GLOSSARY = tuple(WHERE)
"""Words of the trade; their texts are ``glossary.<code>.word`` and ``.meaning``."""


def value(limit: Threshold, language: str, rules: Rules = DEFAULTS) -> str:
    """Return a limit as the reader writes it: "60 %", "2,5", "28", "6 semaines"."""
    figure = limit.of(rules)
    if limit.unit:
        return shown(figure, limit.unit, language)
    if limit.kind == "percent":
        return formats.percent(figure, language)
    return short(figure, language)


def short(figure: float, language: str) -> str:
    """Return a number with a decimal only where it has one."""
    whole = float(figure).is_integer()
    return formats.number(figure, language, digits=0 if whole else 1)


def values(figure: Figure, language: str, rules: Rules = DEFAULTS) -> Mapping[str, str]:
    """Return the limits of a figure by their code, written; a dot becomes "_"."""
    return {
        limit.code.replace(".", "_"): value(limit, language, rules)
        for limit in figure.thresholds
    }


def written(figure: Figure, part: Part, language: str, rules: Rules = DEFAULTS) -> str:
    """Return one of the texts of a figure; lines are separated by a line feed."""
    key = f"figure.{figure.code}.{part}"
    return text(key, language, **values(figure, language, rules))


def limit_sentence(limit: Threshold, language: str, rules: Rules = DEFAULTS) -> str:
    """Return what a limit decides, with its value."""
    figure = value(limit, language, rules)
    if limit.unit:
        return text(f"limit.{limit.code}", language, value=figure)
    return text(f"method.threshold.{limit.code}", language, value=figure)


def origin(limit: Threshold, language: str) -> str:
    """Return where a limit comes from: its source, or that it is our choice."""
    if limit.origin == OURS:
        return text("method.origin.ours", language)
    source = text(f"source.{limit.origin}.name", language)
    return text("method.origin.source", language, source=source)


def _plain(words: str) -> str:
    return formats.sorting(words.replace("\u2019", "'"))


def search(words: str, language: str) -> tuple[Figure, ...]:
    """Return the figures whose texts, limits or files hold every one of ``words``.

    Accents and capitals do not count. Those whose name holds them come first.
    """
    asked = _plain(words).split()
    named, others = [], []
    for figure in FIGURES.values():
        name = _plain(written(figure, "name", language))
        parts: tuple[Part, ...] = ("question", "formula", "excluded")
        said = [written(figure, part, language) for part in parts]
        said += [limit_sentence(limit, language) for limit in figure.thresholds]
        all_words = _plain(" ".join([name, *said, *figure.models, figure.code]))
        if all(word in name for word in asked):
            named.append(figure)
        elif all(word in all_words for word in asked):
            others.append(figure)
    return (*named, *others)


def search_words(words: str) -> tuple[str, ...]:
    """Return the words of the trade that hold every one of ``words``, in any language.

    Those whose name holds them come before those whose meaning does.
    """
    asked = _plain(words).split()
    named, others = [], []
    for code in GLOSSARY:
        name = _plain(" ".join(text(f"glossary.{code}.word", x) for x in LANGUAGES))
        parts = [text(f"glossary.{code}.meaning", x) for x in LANGUAGES]
        if all(word in name for word in asked):
            named.append(code)
        elif all(word in _plain(f"{name} {' '.join(parts)}") for word in asked):
            others.append(code)
    return (*named, *others)
