"""The drawing engine, run as a program of its own: Vega in, a drawing or a picture out.

The engine aborts the process it lives in on some inputs, and keeps 100 MB once used;
neither may happen to the server. It reads one JSON job and writes bytes: ``spec`` is
drawn as SVG, ``svg`` is painted as PNG, both in the fonts of the folder ``fonts``.
"""

from __future__ import annotations

import json
import sys

import vl_convert


def main() -> None:
    """Do the job on the standard input."""
    job = json.load(sys.stdin)
    vl_convert.register_font_directory(job["fonts"])
    if "spec" in job:
        # No address is allowed: a drawing holds its own data.
        drawn: str = vl_convert.vegalite_to_svg(
            job["spec"], vl_version=job["version"], allowed_base_urls=[]
        )
        made = drawn.encode()
    else:
        made = vl_convert.svg_to_png(job["svg"], scale=job["scale"])
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
