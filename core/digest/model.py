"""A text ready to be sent: its blocks, as plain words and as a simple HTML mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Literal

from core.sentences import plain

Kind = Literal["person", "team", "company"]
KINDS: tuple[Kind, ...] = ("person", "team", "company")
"""Whom a text is for: one person, who manages a team, or the direction."""

_BOLD = re.compile(r"\*\*(.+?)\*\*")
# Mail programs know no style sheet: each element carries its own.
_FONT = "font-family:Segoe UI,Helvetica,Arial,sans-serif"
_BODY = f"{_FONT};font-size:15px;line-height:1.5;color:#1d2433;background:#ffffff"
_TITLE = f"{_FONT};font-size:15px;line-height:1.4;color:#1d2433;margin:22px 0 6px"
_LEAD = f"{_FONT};font-size:19px;line-height:1.35;color:#1d2433;margin:0 0 12px"
_SAY = "margin:0 0 10px"
_LIST = "margin:0 0 10px;padding:0 0 0 20px"
_ITEM = "margin:0 0 5px"
_FOOT = f"{_FONT};font-size:12.5px;line-height:1.5;color:#5a6478;margin:22px 0 0"


@dataclass(frozen=True)
class Block:
    """A part of the text: a title and its lines, ``**two stars**`` for what matters."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Digest:
    """One text in one language.

    ``hello`` greets whoever it is for, if they are known. ``lead`` is the sentence that
    would be read alone, ``intro`` what comes before the blocks, ``foot`` what the
    figures rest on and how no longer to get the text.
    """

    kind: Kind
    language: str
    subject: str
    lead: str
    hello: str = ""
    intro: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    foot: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return the text as plain words, as it is pasted."""
        parts = [self.hello, "\n".join([plain(self.lead), *map(plain, self.intro)])]
        for block in self.blocks:
            lines = [f"- {plain(line)}" for line in block.lines]
            parts.append("\n".join([plain(block.title), *lines]))
        parts.append("\n".join(map(plain, self.foot)))
        return "\n\n".join(part for part in parts if part) + "\n"

    @property
    def body(self) -> str:
        """Return the same as the inside of an HTML page: no image, no address."""
        parts = [f'<p style="{_SAY}">{escape(self.hello)}</p>'] if self.hello else []
        parts.append(f'<h1 style="{_LEAD}">{_rich(self.lead)}</h1>')
        parts += [f'<p style="{_SAY}">{_rich(line)}</p>' for line in self.intro]
        for block in self.blocks:
            rows = "".join(
                f'<li style="{_ITEM}">{_rich(line)}</li>' for line in block.lines
            )
            title = f'<h2 style="{_TITLE}">{escape(block.title)}</h2>'
            parts.append(f'{title}<ul style="{_LIST}">{rows}</ul>')
        foot = "<br>".join(map(_rich, self.foot))
        parts.append(f'<p style="{_FOOT}">{foot}</p>' if foot else "")
        return "".join(parts)

    @property
    def page(self) -> str:
        """Return the whole HTML page of a mail."""
        return (
            f'<!doctype html><html lang="{escape(self.language)}"><head>'
            f'<meta charset="utf-8"><title>{escape(self.subject)}</title></head>'
            f'<body style="margin:0;padding:20px;{_BODY}">'
            f'<div style="max-width:600px;{_BODY}">{self.body}</div></body></html>'
        )


def _rich(line: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", escape(line))
