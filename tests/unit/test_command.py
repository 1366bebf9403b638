"""The command line: what it writes, where, and how it says no."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.__main__ import main

LOGINS = """Id,UserId,LoginTime,LoginType,Status
0Ya1,005A,2026-10-05T08:00:00.000Z,Application,Success
0Ya2,005A,2026-10-06T08:00:00.000Z,Other Apex API,Success
"""
USERS = """Id,Username,Name,UserType,IsActive
005A,a@x.fr,Ana,Standard,true
005B,b@x.fr,Bob,Standard,false
"""


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "LoginHistory.csv").write_text(LOGINS, "utf-8")
    (folder / "User.csv").write_text(USERS, "utf-8")
    return folder


def test_the_report_is_all_of_the_output(
    exports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(exports), "--as-of", "2026-10-31"]) == 0
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    assert shown.err == ""
    ana, bob = found["users"]
    assert ana["login_days"]["2026-10"] == 1
    # The month before is told even where the exports begin after it.
    assert ana["expected_days"] == {"2026-09": 22, "2026-10": 22}
    assert ana["evolution"] == {"active_days": None, "actions": None}
    # Nothing says when this account was closed: it is closed all the same.
    assert bob["state"] == "left"
    assert found["adoption"]["licensed"] == 1


def test_old_exports_are_dormant_not_absent(
    exports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = exports / "LoginHistory.csv"
    old.write_text(LOGINS.replace("2026-10-0", "2021-10-0"), "utf-8")
    assert main(["report", str(exports), "--as-of", "2026-10-31"]) == 0
    ana, _ = json.loads(capsys.readouterr().out)["users"]
    assert ana["state"] == "dormant"
    assert ana["expected_days"]["2026-10"] == 22


def test_a_file_is_written_when_asked(
    exports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = exports.parent / "report.json"
    assert main(["report", str(exports), "--json", str(out)]) == 0
    assert json.loads(out.read_text("utf-8"))["schema"] == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["{folder}/none.csv"], "none.csv"),
        (["{folder}/empty.csv"], "empty.csv"),
        (["{exports}", "--timezone", "Mars/Base"], "--timezone: "),
        (["{exports}", "--country", "ZZ"], "--country: "),
        (["{exports}", "--json", "{folder}/none/report.json"], "none/report.json: "),
    ],
)
def test_no_is_one_line(
    given: list[str],
    said: str,
    language: str,
    exports: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    words = [word.format(folder=tmp_path, exports=exports) for word in given]
    assert main(["report", *words, "--language", language]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert said in shown.err
