"""``python -m core.demo``: make the demo company, or refresh it once a month."""

from __future__ import annotations

from core.demo.build import ensure_demo

if __name__ == "__main__":
    ensure_demo()
