"""What a step of the story is: an answer, its figures, one drawing, and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.charts.figure import Figure

Kind = Literal["bars", "columns", "line", "pyramid", "funnel", "tiles", "list"]
"""How numbers are drawn where a drawing must stay editable.

``bars`` lie, ``columns`` stand, both from zero; ``line`` is over time; ``pyramid`` is
centred bars to scale; ``funnel`` bars from the left to one scale; ``tiles`` the ten
letters of SCORE-USAGE, its values 0 to 3; ``list`` lines of words with a state, each a
category and, in ``written``, what is said of it.
"""


STEPS = (
    *("verdict", "adoption", "profiles", "pyramid"),
    *("symptoms", "campaign", "score", "actions"),
)
"""The codes of the steps, in the order they are told; a story has some of them."""


@dataclass(frozen=True)
class Number:
    """A key figure as it is read: ``value`` is written in the reader's language.

    ``raw`` is the same figure unrounded, for a workbook and for tests; None where the
    figure is words.
    """

    label: str
    value: str
    raw: float | None = None
    note: str = ""
    state: str = ""


@dataclass(frozen=True)
class Series:
    """Values of one kind, one a category; None is unknown, never zero."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Plot:
    """The numbers of a drawing, for a chart that its reader can edit.

    ``categories`` are written for the reader, ``written`` the values of the first
    series as they are labelled. ``lit`` are the places of what must be acted on (one
    saturated mark a chart), ``states`` a state a category where it has one,
    ``expected`` what each category should be (the healthy pyramid), or nothing.
    """

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    written: tuple[str, ...] = ()
    unit: str = ""
    lit: tuple[int, ...] = ()
    states: tuple[str, ...] = ()
    expected: tuple[float, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of the story.

    ``title`` is the answer in one sentence, ``lead`` what it rests on (``**stars**``
    mark the decisive words), ``numbers`` the figures to be said aloud, ``figure`` the
    chart of the screen and ``plot`` the same numbers for a slide. ``source`` names
    data, date, period, filters and who is left out. ``notes`` are for who presents.
    ``page`` and ``query`` lead to the page behind it.
    """

    code: str
    topic: str
    title: str
    lead: str = ""
    state: str = ""
    word: str = ""
    numbers: tuple[Number, ...] = ()
    figure: Figure | None = None
    plot: Plot | None = None
    source: str = ""
    notes: tuple[str, ...] = ()
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Telling:
    """What the whole story is about, written for the reader.

    ``about`` are the lines that every document must carry: data date, period, filters,
    exclusions, whether names are hidden, and that demo data are invented.
    """

    company: str
    period: str
    as_of: str
    filters: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """The steps, in the order they are told, none of them empty."""

    telling: Telling
    language: str
    steps: tuple[Step, ...]
