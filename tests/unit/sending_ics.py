"""A strict reader of iCalendar files (RFC 5545), which owes nothing to the writer's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME = re.compile(r"([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^\";:,]+)*):(.*)", re.DOTALL)
DATE = re.compile(r"\d{8}")
MOMENT = re.compile(r"\d{8}T\d{6}Z")
ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass
class Component:
    """A block: its properties (parameters, raw value) in order, and its blocks."""

    name: str
    properties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    blocks: list[Component] = field(default_factory=list)

    def one(self, name: str) -> str:
        ((_, value),) = self.properties[name]
        return value

    def text(self, name: str) -> str:
        """Return a text value, refusing what is not escaped as it must be."""
        raw = self.one(name)
        assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", raw), raw
        signs = {"n": "\n", "N": "\n", "\\": "\\", ",": ",", ";": ";"}
        return ESCAPE.sub(lambda found: signs[found[1]], raw)


def unfolded(payload: bytes) -> list[str]:
    """Return the lines: CRLF only, at most 75 octets each, whole characters."""
    assert payload.endswith(b"\r\n")
    assert b"\n" not in payload.replace(b"\r\n", b"")
    assert b"\r" not in payload.replace(b"\r\n", b"")
    lines: list[str] = []
    for octets in payload[:-2].split(b"\r\n"):
        assert len(octets) <= 75, octets
        line = octets.decode("utf-8")  # fails where a character is cut in two
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            assert line, "an empty line"
            lines.append(line)
    return lines


def parsed(payload: bytes) -> Component:
    """Return the calendar, or fail on anything the standard does not allow."""
    root = Component("")
    open_blocks = [root]
    for line in unfolded(payload):
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), line
        found = NAME.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            block = Component(value)
            open_blocks[-1].blocks.append(block)
            open_blocks.append(block)
        elif name == "END":
            assert open_blocks.pop().name == value
        else:
            open_blocks[-1].properties.setdefault(name, []).append((parameters, value))
    assert open_blocks == [root]
    (calendar,) = root.blocks
    _check(calendar)
    return calendar


def _check(calendar: Component) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.one("VERSION") == "2.0"
    assert calendar.one("PRODID")
    identifiers = [event.one("UID") for event in calendar.blocks]
    assert len(set(identifiers)) == len(identifiers)
    for event in calendar.blocks:
        assert event.name == "VEVENT"
        assert MOMENT.fullmatch(event.one("DTSTAMP"))
        assert event.text("SUMMARY")
        ((start_kind, start),) = event.properties["DTSTART"]
        ((end_kind, end),) = event.properties["DTEND"]
        assert start_kind == end_kind
        shape = DATE if start_kind == ";VALUE=DATE" else MOMENT
        assert start_kind in ("", ";VALUE=DATE")
        assert shape.fullmatch(start)
        assert shape.fullmatch(end)
        assert start < end
