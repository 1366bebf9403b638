"""What becomes of rows: kept, rejected, mended."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.sources import reader
from core.sources.model import Choices, FileReport

NOW = datetime(2026, 11, 1)


def read(
    folder: Path, name: str, text: str, choices: Choices | None = None
) -> tuple[FileReport, list[dict[str, object]], list[dict[str, object]]]:
    """Read a small CSV; return its report, rows and notes."""
    path = folder / name
    path.write_text(text, "utf-8")
    out = folder / "out"
    chosen = {name: choices} if choices else {}
    reports, refusals = reader.read(path, name, chosen, out, "Europe/Paris", now=NOW)
    assert refusals == []
    report = reports[0]
    assert report.rows_read == report.rows_kept + report.rows_rejected
    assert sum(report.reasons.values()) == report.rows_rejected
    written = sorted(out.glob(f"{report.object}-*.parquet"))
    rows = pq.read_table(written[0]).to_pylist() if written else []
    notes = out / "rejects.parquet"
    return report, rows, pq.read_table(notes).to_pylist() if notes.exists() else []


def test_a_login_without_a_readable_time_is_rejected(tmp_path: Path) -> None:
    """Required moments reject the row and name line, column and value (C8, C9)."""
    report, rows, notes = read(
        tmp_path,
        "LoginHistory.csv",
        "Id,UserId,LoginTime,Status\n"
        "1,0055g000001AbcDAAS,2026-10-01T08:00:00.000Z,Success\n"
        "2,0055g000001AbcDAAS,2026-02-31T08:00:00.000Z,Success\n"
        "3,0055g000001AbcDAAS,2026-11-03T08:00:00.000Z,Success\n"
        "4,0055g000001AbcDAAS,,Success\n"
        "5,,2026-10-01T08:00:00.000Z,Success\n",
    )
    assert report.reasons == {
        "login.login_at.unreadable": 1,
        "login.login_at.future": 1,
        "login.login_at.missing": 1,
        "login.row.no_identity": 1,
    }
    assert len(rows) == 1
    bad = next(n for n in notes if n["problem"] == "login.login_at.unreadable")
    assert (bad["line"], bad["column"]) == (3, "LoginTime")
    assert bad["value"] == "2026-02-31T08:00:00.000Z"


def test_other_cells_are_left_empty_and_listed(tmp_path: Path) -> None:
    """A bad amount does not cost the row (C13)."""
    report, rows, notes = read(
        tmp_path,
        "Opportunity.csv",
        "Id,Name,Amount,StageName,CloseDate\n"
        "0065g000009OptyAAA,A,1e400,Won,2026-05-31\n"
        "0065g000009OptzAAA,B,12,Won,2026-13-31\n",
    )
    assert report.rows_kept == 2
    assert report.warnings == {
        "opportunity.amount.unreadable": 1,
        "opportunity.close_at.unreadable": 1,
    }
    assert [row["amount"] for row in rows] == [None, 12.0]
    assert {note["kept"] for note in notes} == {True}


def test_twice_the_same_id(tmp_path: Path) -> None:
    """Rows alike: one stays. Rows that differ: the last modified stays (C16)."""
    report, rows, _ = read(
        tmp_path,
        "Account.csv",
        "Id,Name,OwnerId,LastModifiedDate\n"
        "0015g000003AcctAAG,Ancien,x,2026-01-01T08:00:00Z\n"
        "0015g000003AcctAAG,Récent,x,2026-03-01T08:00:00Z\n"
        "0015g000003AcctAAG,Récent,x,2026-03-01T08:00:00Z\n"
        "0015g000003AcduAAG,Autre,x,2026-03-01T08:00:00Z\n",
    )
    assert report.reasons == {
        "account.account_id.duplicate": 1,
        "account.account_id.superseded": 1,
    }
    assert [row["name"] for row in rows] == ["Récent", "Autre"]


def test_rows_without_id_keep_their_number(tmp_path: Path) -> None:
    """Two equal logins are two, and have the same keys at the next import."""
    text = (
        "Username,Login Time,Login Type,Status\n"
        "a@b.fr,2026-10-01 08:00,Application,Success\n"
        "a@b.fr,2026-10-01 08:00,Application,Success\n"
    )
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = read(tmp_path / "one", "login history.csv", text)[1]
    second = read(tmp_path / "two", "login history.csv", text)[1]
    keys = [row["record_key"] for row in first]
    assert len(set(keys)) == 2
    assert keys == [row["record_key"] for row in second]


def test_same_login_in_three_writings(tmp_path: Path) -> None:
    """Z, an offset and local time give one moment (C11)."""
    found = set()
    for number, written in enumerate(
        ("2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00", "25/10/2026 02:30:00")
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        text = f"Nom d'utilisateur;Heure de connexion\na@b.fr;{written}\n"
        found.add(read(folder, "connexions.csv", text)[1][0]["login_at"])
    assert found == {datetime(2026, 10, 25, 0, 30)}


def test_ids_join_whatever_their_length(tmp_path: Path) -> None:
    """A 15-character owner joins the 18-character user (C15)."""
    _, rows, _ = read(
        tmp_path,
        "Task.csv",
        "Id,OwnerId,Subject,ActivityDate\n00T5g000006Task,0051G000005Mun4,x,2026-01-02\n",
    )
    assert rows[0]["owner"] == "0051G000005Mun4QAC"


def test_people_are_not_merged(tmp_path: Path) -> None:
    """One e-mail in two writings stays two users (C17)."""
    report, rows, _ = read(
        tmp_path,
        "User.csv",
        "Id,Username,Email,LastName\n"
        "0051G000005Mun4QAC,a,Jean@exemple.fr,Roux\n"
        "0051G000005Mun5QAC,b, jean@EXEMPLE.fr ,Roux\n",
    )
    assert report.rows_kept == 2
    assert {row["email"] for row in rows} == {"jean@exemple.fr"}


@pytest.mark.parametrize(
    ("extra", "kind"),
    [
        ("Call,,,Suivi", "call"),
        (",Meeting,,Suivi", "meeting"),
        (",,Outbound,Suivi", "call"),
        (",,,Tél. client", "call"),
        (",,,RDV siège", "meeting"),
        (",,,Appeler demain", "task"),
        (",,,Telemarketing", "task"),
    ],
)
def test_kind_of_a_task(tmp_path: Path, extra: str, kind: str) -> None:
    """Subtype, type, call fields, first word of the subject, else a task."""
    text = (
        "Id,OwnerId,ActivityDate,TaskSubtype,Type,CallType,Subject\n"
        f"00T5g000006TaskAAA,x,2026-01-02,{extra}\n"
    )
    assert read(tmp_path, "Task.csv", text)[1][0]["kind"] == kind


def test_choices_of_words(tmp_path: Path) -> None:
    """A person's meaning of a word comes before the known one."""
    text = "Campaign Name,E-mail,Member Status\nR,a@b.fr,VIP\nR,c@d.fr,Sent\n"
    choices = Choices(values={"stage": {"vip": "converted", "Sent": "delivered"}})
    report, rows, _ = read(tmp_path, "campaign members.csv", text, choices)
    assert [row["stage"] for row in rows] == ["converted", "delivered"]
    assert report.warnings == {}


def test_midnight_of_a_creation_that_names_its_zone(tmp_path: Path) -> None:
    """It is a moment, the day before in New York; a close date is a day."""
    _, rows, _ = read(
        tmp_path,
        "Opportunity.csv",
        "Id,Name,StageName,CloseDate,CreatedDate\n"
        "1,A,Won,2026-05-31T00:00:00.000Z,2026-05-01T00:00:00.000Z\n",
    )
    assert rows[0]["created_at"] == datetime(2026, 5, 1)
    assert rows[0]["created_date"] is None
    assert str(rows[0]["close_date"]) == "2026-05-31"
