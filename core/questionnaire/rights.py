"""Who may note, and who may see the stakeholder map.

Administrators and consultants note; a director reads. The map says what single people
think of the project: only those two see it. A demo visitor plays with invented people,
in a memory of their own session.
"""

from __future__ import annotations

_NOTING = ("admin", "consultant")


def can_note(role: str, *, is_demo: bool) -> bool:
    """Tell whether a visitor may answer, decide and change questions."""
    return is_demo or role in _NOTING


def can_see_map(role: str, *, is_demo: bool) -> bool:
    """Tell whether a visitor may see who stands where."""
    return is_demo or role in _NOTING
