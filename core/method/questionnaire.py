"""The figure of the audit: its mark, and what the data suggest."""

from __future__ import annotations

from core.method.figure import Figure
from core.rules import RULES

FIGURES = (
    Figure(
        "audit_mark",
        *("audit", "out_of_ten", "interviews", "audit"),
        modules=("core/questionnaire/reading.py", "core/questionnaire/signals.py"),
        limits=tuple(code for code in RULES if code.startswith("questionnaire.")),
    ),
)
