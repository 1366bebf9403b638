"""When the demo workspace is made, made anew, and left alone."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from core.demo import build, generate
from core.demo.companies import Company


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The last day of each demo that was really made."""
    days: list[date] = []

    def rebuild(_company: Company, home: Path, last_day: date) -> None:
        time.sleep(0.05)
        home.mkdir(parents=True, exist_ok=True)
        days.append(last_day)

    monkeypatch.setattr(build, "_rebuild", rebuild)
    return days


def test_made_once_a_month_and_version(
    built: list[date], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    november = date(2026, 11, 1)
    assert build.ensure_demo(tmp_path, today=november)
    assert not build.ensure_demo(tmp_path, today=date(2026, 11, 30))
    assert build.ensure_demo(tmp_path, today=date(2026, 12, 1))
    monkeypatch.setattr(generate, "VERSION", generate.VERSION + 1)
    assert build.ensure_demo(tmp_path, today=date(2026, 12, 1))
    assert built == [date(2026, 10, 31), date(2026, 11, 30), date(2026, 11, 30)]


def test_two_starts_at_once_make_one_demo(built: list[date], tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = [
            pool.submit(build.ensure_demo, tmp_path, today=date(2026, 11, 23))
            for _ in range(4)
        ]
        assert sorted(future.result() for future in done) == [False] * 3 + [True]
    assert len(built) == 1


def test_an_interrupted_start_leaves_the_former_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "workspaces/demo"
    home.mkdir(parents=True)
    (home / "former").touch()

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(generate, "generate", lambda *_: [])
    monkeypatch.setattr("core.imports.run", crash)
    with pytest.raises(KeyboardInterrupt):
        build.ensure_demo(tmp_path, today=date(2026, 11, 23))
    assert [path.name for path in home.iterdir()] == ["former"]
    assert list(tmp_path.glob("workspaces/.demo-*")) == []
    assert not (tmp_path / "demo.json").exists()


def test_demo_of_the_session_is_up_to_date(demo_data: Path) -> None:
    assert not build.ensure_demo(demo_data, today=date(2026, 11, 30))
