"""A process that has read the libraries, and forks a server for each one asked.

Reading them takes most of a start. Nothing of Streamlit runs before a fork, and nothing
of ours but imports: to Streamlit, each server is a process that just began.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import sys

from streamlit.web import cli

from core.ui import views

LIBRARIES = ("core.demo.build", "core.ui.frame", "core.ui.warming", "core.web.routes")


def main() -> None:
    """Read orders, one a line; answer each with the number of its process."""
    drawn = pkgutil.iter_modules(views.__path__, f"{views.__name__}.")
    for name in (*LIBRARIES, *(module.name for module in drawn)):
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _serve(**order)
        print(child, flush=True)


def _serve(log: str, environment: dict[str, str], arguments: list[str]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in enumerate((nothing, output, output)):
        os.dup2(descriptor, number)
    os.environ.clear()
    os.environ.update(environment)
    cli.main(arguments)


if __name__ == "__main__":
    main()
