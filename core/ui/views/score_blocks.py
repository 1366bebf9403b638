"""Blocks of a scorecard as HTML: tiles, mark, meter, matrix. They escape everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from core.i18n import plural
from core.score_usage import CRITERIA, KEYS, LARGEST, VALUES, Sheet
from core.scorecards.words import Reading
from core.ui import components
from core.ui.components import unseen

SIGNS: dict[int | None, str] = {None: "–", 0: "✕✕", 1: "✕", 2: "✓", 3: "✓✓"}
_HALF = 5


def _kind(value: int | None) -> str:
    return "none" if value is None else f"v{value}"


def tile(letter: str, value: int | None, words: str, *, small: bool = False) -> str:
    """Return a letter on the colour, texture and sign of its answer."""
    size = " small" if small else ""
    sign = "" if small else f"<i>{SIGNS[value]}</i>"
    return (
        f'<span class="risk {_kind(value)}{size}">{unseen(words)}'
        f'<span aria-hidden="true"><b>{escape(letter)}</b>{sign}</span></span>'
    )


def signed(value: int | None, words: str) -> str:
    """Return the sign of an answer, as the matrix writes it, to stand before a name."""
    return (
        f'<span class="risk {_kind(value)} keyed">{unseen(words)}'
        f'<span aria-hidden="true">{SIGNS[value]}</span></span>'
    )


def tiles(sheet: Sheet, reading: Reading) -> str:
    """Return the ten letters in two rows: S C O R E, U S A G E."""
    items = []
    for criterion in CRITERIA:
        value = sheet.answers[criterion.key].value
        said = reading.said(criterion.key, reading.answer(value))
        shown = tile(criterion.letter, value, f"{criterion.letter}, {said}")
        items.append(f"<li>{shown}</li>")
    label = escape(reading.text("score.tiles"), quote=True)
    return f'<ul class="tiles" aria-label="{label}">{"".join(items)}</ul>'


def mark(sheet: Sheet, reading: Reading) -> str:
    """Return the mark out of 10 and its verdict."""
    state = reading.state(sheet)
    number = components.big_number(
        reading.mark(sheet.mark), reading.text("score.out_of")
    )
    pill = components.chip(state, reading.verdict(sheet), big=True)
    return f'<div class="mark">{number}{pill}</div>'


def meter(sheet: Sheet, reading: Reading) -> str:
    """Return the scale from 0 to 10 with the two cut-offs and where the mark is."""
    ends = (
        ("sick", reading.rules["score.mark.uncertain"]),
        ("watch", reading.rules["score.mark.likely"]),
        ("healthy", LARGEST),
    )
    parts, start = [], 0.0
    for state, end in ends:
        width = 100 * (end - start) / LARGEST
        parts.append(f'<span class="{state}" style="width:{width:.1f}%"></span>')
        start = end
    needle = ""
    if sheet.mark is not None:
        place = 100 * sheet.mark / LARGEST
        needle = f'<i class="needle" style="left:{place:.1f}%"></i>'
    low, high = reading.text("score.low_end"), reading.text("score.high_end")
    return (
        f'<div class="meter"><div class="zones" aria-hidden="true">{"".join(parts)}'
        f'{needle}</div><p class="note"><span>{escape(low)}</span>'
        f"<span>{escape(high)}</span></p></div>"
    )


def high_risks(sheet: Sheet, reading: Reading) -> str:
    """Return the criteria at high risk, which come before the mark."""
    if not sheet.high_risks:
        return ""
    count = plural("score.high_risks", len(sheet.high_risks), reading.language)
    said = f"**{count}** {reading.listed(sheet.high_risks)}"
    return components.notice("sick", said)


def bar(sheet: Sheet, reading: Reading) -> str:
    """Return the line that stays in sight on a phone: mark, verdict, letters."""
    state = reading.state(sheet)
    letters = "".join(
        tile(criterion.letter, sheet.answers[criterion.key].value, "", small=True)
        for criterion in CRITERIA
    )
    return (
        f'<div class="scorebar" role="status"><b>{escape(reading.mark(sheet.mark))}'
        f"</b>{components.chip(state, reading.verdict(sheet))}"
        f'<span class="letters" aria-hidden="true">{letters}</span></div>'
    )


@dataclass(frozen=True)
class Line:
    """One row of a matrix; ``name`` is HTML, ``changed`` are keys unlike before."""

    name: str
    sheet: Sheet
    changed: frozenset[str] = field(default_factory=frozenset)


def matrix(lines: Sequence[Line], reading: Reading, *, caption: str, first: str) -> str:
    """Return scorecards as rows and criteria as columns, a sign a cell."""
    heads = "".join(
        f'<th scope="col" class="c{place}"><abbr title="'
        f'{escape(reading.name(one.key), quote=True)}">{one.letter}</abbr></th>'
        for place, one in enumerate(CRITERIA)
    )
    body = "".join(_line(line, reading) for line in lines)
    return (
        f'<div class="scroll"><table class="table signs"><caption>{unseen(caption)}'
        f'</caption><thead><tr><th scope="col">{escape(first)}</th>{heads}'
        f'<th scope="col" class="num">{escape(reading.text("score.out_of"))}</th></tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _line(line: Line, reading: Reading) -> str:
    cells = []
    for place, key in enumerate(KEYS):
        value = line.sheet.answers[key].value
        said = reading.said(key, reading.answer(value))
        if key in line.changed:
            said = reading.text("score.changed", said=said)
        moved = " moved" if key in line.changed else ""
        gap = " gap" if place == _HALF else ""
        title = escape(said, quote=True)
        cells.append(
            f'<td class="cell{gap}" title="{title}"><span class="risk {_kind(value)}'
            f'{moved}">{unseen(said)}<span aria-hidden="true">{SIGNS[value]}</span>'
            "</span></td>"
        )
    shown = escape(reading.mark(line.sheet.mark))
    return (
        f'<tr><th scope="row">{line.name}</th>{"".join(cells)}'
        f'<td class="num total">{shown}</td></tr>'
    )


def key(reading: Reading) -> str:
    """Return what the signs mean, in words."""
    items: Iterable[str] = (
        f'<li><span class="risk {_kind(value)} keyed" aria-hidden="true">'
        f"<span>{SIGNS[value]}</span></span>{escape(reading.answer(value))}</li>"
        for value in VALUES
    )
    return f'<ul class="legend">{"".join(items)}</ul>'
