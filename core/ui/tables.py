"""Small tables as real HTML tables, legible on a phone and by a screen reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from core.i18n import formats
from core.ui.components import rich, unseen


class Html(str):
    """A cell that is already HTML, built by ``core.ui.components``."""

    __slots__ = ()


def _cell(value: Any, absent: str) -> str:
    if isinstance(value, Html):
        return str(value)
    return escape(absent) if formats.is_absent(value) else rich(str(value))


def table(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    caption: str,
    numeric: Collection[str] = (),
    strong: Collection[str] = (),
    chosen: int | None = None,
    stack: bool = True,
    absent: str = formats.ABSENT,
) -> str:
    """Return a table; the first column names the row.

    ``columns`` gives each key of ``rows`` its heading, in order; values are text
    already written for the reader, or ``Html``. ``caption`` says aloud what the table
    holds. ``stack`` makes each row a small card on a phone; without it the table
    scrolls sideways in its own box.
    """
    heads = "".join(
        f'<th scope="col"{_kind(key, numeric, ())}>{escape(words)}</th>'
        if words
        else f"<td{_kind(key, numeric, ())}></td>"
        for key, words in columns.items()
    )
    body = []
    for rank, row in enumerate(rows):
        mark = ' class="chosen"' if rank == chosen else ""
        cells = []
        for place, (key, words) in enumerate(columns.items()):
            shown = _cell(row.get(key), absent)
            if place == 0:
                cells.append(f'<th scope="row">{shown}</th>')
            else:
                kind = _kind(key, numeric, strong)
                label = escape(words, quote=True)
                cells.append(f'<td{kind} data-label="{label}">{shown}</td>')
        body.append(f"<tr{mark}>{''.join(cells)}</tr>")
    folded = " stack" if stack else ""
    return (
        f'<div class="scroll"><table class="table{folded}"><caption>{unseen(caption)}'
        f"</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody>"
        "</table></div>"
    )


def brief(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    line: Sequence[str],
    *,
    caption: str,
    absent: str = formats.ABSENT,
) -> str:
    """Return a table as a phone holds it: a line a row, what is left behind a tap.

    The rows and columns are those of `table`. ``line`` names the columns that stand
    beside the name, the key figure then the pill; a cell that would be a link is
    better among the others, which unfold.
    """
    name, *others = columns
    # A pill says by itself what it is.
    heads = [columns[key] for key in (name, *line[:1])]
    body = []
    for row in rows:
        cells = [
            f'<span class="v">{unseen(columns[key] + " ")}'
            f"{_cell(row.get(key), absent)}</span>"
            for key in line
        ]
        shown = f"<b>{_cell(row.get(name), absent)}</b>{''.join(cells)}"
        rest = "".join(
            f"<div><dt>{escape(columns[key])}</dt><dd>{_cell(row[key], absent)}</dd>"
            "</div>"
            for key in others
            if key not in line and not _is_blank(row.get(key))
        )
        body.append(
            f"<details><summary>{shown}</summary><dl>{rest}</dl></details>"
            if rest
            else f'<p class="row">{shown}</p>'
        )
    head = "".join(f"<span>{escape(words)}</span>" for words in heads)
    return (
        f'<div class="brief" role="group" aria-label="{escape(caption, quote=True)}">'
        f'<p class="row head" aria-hidden="true">{head}</p>{"".join(body)}</div>'
    )


def _is_blank(value: Any) -> bool:
    return formats.is_absent(value) or value == ""


def _kind(key: str, numeric: Collection[str], strong: Collection[str]) -> str:
    names = [
        name for name, members in (("num", numeric), ("key", strong)) if key in members
    ]
    return f' class="{" ".join(names)}"' if names else ""


def frame_table(frame: pd.DataFrame, *, caption: str, limit: int = 200) -> str:
    """Return a frame of written values as a table, one heading a column.

    Columns whose every value starts like a figure are set right. Only the first
    ``limit`` rows are written.
    """
    shown = frame.head(limit)
    columns = {str(name): str(name) for name in shown.columns}
    rows = [
        dict(zip(columns, values, strict=True))
        for values in shown.itertuples(index=False, name=None)
    ]
    numeric = {
        name
        for name in list(columns)[1:]
        if rows and all(_is_figure(row[name]) for row in rows)
    }
    return table(columns, rows, caption=caption, numeric=numeric, stack=False)


def _is_figure(value: Any) -> bool:
    if formats.is_absent(value):
        return True
    written = str(value).lstrip("+×\u00a0 €£$" + formats.MINUS)
    return written[:1].isdigit() or value == formats.ABSENT
