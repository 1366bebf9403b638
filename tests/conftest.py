"""What tests share: a data folder of their own, the demo company, a real server."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path

import bcrypt
import hypothesis
import pytest

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("aplomb", deadline=None)
hypothesis.settings.load_profile("aplomb")

ROOT = Path(__file__).resolve().parent.parent
LAST_DAY = date(2026, 10, 31)  # the demo company's last day in tests
TODAY = date(2026, 11, 23)
# Without --no-loadscope-reorder the longest files, of few tests, would come last.
FIRST_FILES = (
    "demo/test_assessment.py",
    "truth/test_truth.py",
    "browser/test_demo.py",
    "browser/test_workshop.py",
    "browser/test_marketing.py",
    "browser/test_first_start.py",
    "pages/test_every_page.py",
    "pages/test_campaigns.py",
    "faults/test_killed_imports.py",
    "server/test_gate.py",
)
_SESSION = Path(tempfile.mkdtemp(prefix="aplomb-tests-"))

# Before anything reads a setting: no test may see or touch the operator's own data.
for _name in [name for name in os.environ if name.startswith("APLOMB_")]:
    if _name not in ("APLOMB_BROWSER_REQUIRED", "APLOMB_SAMPLES"):
        del os.environ[_name]
os.environ["APLOMB_DATA"] = str(_SESSION / "data")
os.environ["APLOMB_STRICT_TEXTS"] = "1"
# Three more companies at each start of a server would slow every journey.
os.environ["APLOMB_DEMO_COMPANIES"] = "0"
os.environ["APLOMB_TOUR"] = "0"


def pytest_report_header() -> str:
    """Name the versions that a failure may come from."""
    names = ("streamlit", "duckdb", "pandas", "pyarrow", "altair")
    return ", ".join(f"{name} {version(name)}" for name in names)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first: none is left at the end for one process alone.

    The very first makes the demo company, on which every other process would wait: the
    second needs none.
    """
    place = {name: number for number, name in enumerate(FIRST_FILES)}
    names = [Path(item.path).relative_to(ROOT / "tests").as_posix() for item in items]
    ranks = [place.get(name, len(place)) for name in names]
    order = sorted(range(len(items)), key=ranks.__getitem__)
    items[:] = [items[number] for number in order]


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_SESSION, ignore_errors=True)


_gensalt = bcrypt.gensalt


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Hash passwords at bcrypt's least cost: a third of a second less for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bcrypt, "gensalt", lambda: _gensalt(rounds=4))
        yield


@pytest.fixture
def real_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords in this test as in production."""
    monkeypatch.setattr(bcrypt, "gensalt", _gensalt)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company's export files and data folder, made once for all processes."""
    from core.demo import build, generate

    here = tmp_path_factory.getbasetemp()
    shared = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        exports, data = shared / "demo-exports", shared / "demo-data"
        if not data.is_dir():
            paths = generate.generate(exports, LAST_DAY)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(generate, "generate", lambda *_: paths)
                build.ensure_demo(shared / "demo-part", today=TODAY)
            (shared / "demo-part").rename(data)
    return shared


@pytest.fixture(scope="session")
def demo_exports(demo_made: Path) -> Path:
    """The folder of the demo company's export files, ending on LAST_DAY."""
    return demo_made / "demo-exports"


@pytest.fixture(scope="session")
def demo_data(demo_made: Path) -> Path:
    """The data folder of the session, holding the imported demo company."""
    from core import settings
    from core.demo.build import ensure_demo

    folder = settings.data_folder()
    shutil.copytree(demo_made / "demo-data", folder, dirs_exist_ok=True)
    assert not ensure_demo(folder, today=TODAY)
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is skipped, in CI it fails."""
    names = ("chromium", "chromium-browser", "google-chrome")
    for path in map(shutil.which, names):
        if path:
            return path
    if os.environ.get("APLOMB_BROWSER_REQUIRED"):
        pytest.fail("no Chromium on this machine, and the browser tests are required")
    pytest.skip("no Chromium on this machine")


Server = Callable[..., AbstractContextManager[str]]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server() -> Server:
    """Start the real application: ``with server(folder) as address``.

    ``folder`` is its data folder; other keywords are environment variables.
    """

    @contextmanager
    def start(folder: Path, **environment: str) -> Iterator[str]:
        port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        options = ["--server.port", str(port), "--server.headless", "true"]
        variables = {**os.environ, "APLOMB_DATA": str(folder), **environment}
        log = folder.parent / f"server-{port}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command + options,
                cwd=ROOT,
                env=variables,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                address = f"http://127.0.0.1:{port}"
                _wait(address, process, log)
                yield address
            finally:
                process.terminate()
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    return start


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; fail with its log when it does not."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")
