"""``python -m core.demo``: make the demo company, or refresh it once a month.

With ``all``, the three others too, which a running server makes by itself.
"""

from __future__ import annotations

import sys

from core.demo.build import ensure_companies, ensure_demo

if __name__ == "__main__":
    ensure_demo()
    if "all" in sys.argv[1:]:
        ensure_companies()
