"""Inspecting and reading whole files: questions, refusals, choices."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.sources import reader
from core.sources.model import Choices, Inspection, Refusal

AMBIGUOUS = "Nom d'utilisateur;Heure de connexion\na@b.fr;05/01/2026 08:00\n"


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def look(path: Path, remembered: dict[str, Choices] | None = None) -> Inspection:
    """Inspect a file of one table."""
    found = reader.inspect(
        path, path.name, remembered=remembered or {}, timezone="Europe/Paris"
    )
    assert len(found) == 1
    assert isinstance(found[0], Inspection), found
    return found[0]


def codes(inspection: Inspection) -> list[str]:
    """Return the codes of the questions asked."""
    return [question.code for question in inspection.questions]


def test_an_undecidable_date_order_is_asked_once(tmp_path: Path) -> None:
    """No day above 12: asked, then remembered by the columns (C7)."""
    path = write(tmp_path, "connexions.csv", AMBIGUOUS)
    seen = look(path)
    asked = next(q for q in seen.questions if q.code == "date_order")
    assert (asked.options, asked.guess) == (("dmy", "mdy"), "dmy")
    known = Choices(date_order="mdy", timezone="Europe/Paris")
    again = look(path, {seen.signature: known})
    assert codes(again) == []
    assert again.date_order == "mdy"
    reader.read(path, path.name, {path.name: known}, tmp_path / "out", "Europe/Paris")
    rows = pq.read_table(tmp_path / "out" / "login-1.parquet").to_pylist()
    assert rows[0]["login_at"] == datetime(2026, 5, 1, 6)


def test_a_late_row_decides_the_order(tmp_path: Path) -> None:
    """The whole column is read before anything is asked."""
    rows = "".join(f"a@b.fr;05/01/2026 08:{n % 60:02}\n" for n in range(30_000))
    text = AMBIGUOUS + rows + "a@b.fr;31/01/2026 08:00\n"
    seen = look(write(tmp_path, "connexions.csv", text))
    assert "date_order" not in codes(seen)
    assert seen.date_order == "dmy"


@pytest.mark.parametrize("zone", ["", " CET", " GMT+1"])
def test_american_times_are_guessed_american(zone: str, tmp_path: Path) -> None:
    """AM and PM speak for month first, and it is still asked."""
    text = f'Username,Login Time\na@b.fr,"5/1/2026, 8:00:00 AM{zone}"\n'
    seen = look(write(tmp_path, "login history.csv", text))
    asked = next(q for q in seen.questions if q.code == "date_order")
    assert asked.guess == "mdy"


def test_the_zone_of_local_times_is_asked_and_of_api_times_is_not(
    tmp_path: Path,
) -> None:
    """API columns are UTC; labels of the screen are local."""
    api = write(tmp_path, "Task.csv", "Id,OwnerId,Subject,CreatedDate,ActivityDate\n"
                "00T5g000006TaskAAA,x,y,2026-07-01 08:00:00,2026-07-01\n")  # fmt: skip
    seen = look(api)
    assert (seen.timezone, codes(seen)) == ("UTC", [])
    reader.read(api, "Task.csv", {}, tmp_path / "out", "Pacific/Noumea")
    rows = pq.read_table(tmp_path / "out" / "activity-1.parquet").to_pylist()
    assert rows[0]["created_at"] == datetime(2026, 7, 1, 8)
    assert rows[0]["activity_date"] == date(2026, 7, 1)


def test_rounded_ids_refuse_the_file(tmp_path: Path) -> None:
    """Ids that a spreadsheet rounded can join nothing: refused with the value (C14)."""
    text = "ID de fiche d'informations;Nom de l'entreprise\n1,23E+14;A\n1,24E+14;B\n"
    path = write(tmp_path, "entreprises.csv", text)
    found = reader.inspect(path, path.name, remembered={}, timezone="Europe/Paris")
    assert isinstance(found[0], Refusal)
    assert (found[0].cause, found[0].value) == ("rounded_ids", "1,23E+14")
    reports, refusals = reader.read(path, path.name, {}, tmp_path / "o", "UTC")
    assert reports == []
    assert refusals[0].cause == "rounded_ids"


def test_unknown_files(tmp_path: Path) -> None:
    """Noise is refused; what could be something is asked, never read on a guess."""
    noise = write(tmp_path, "meteo.csv", "ville,pluie,vent\nLyon,1,2\nParis,2,3\n")
    found = reader.inspect(noise, noise.name, remembered={}, timezone="UTC")
    assert isinstance(found[0], Refusal)
    unsure = write(tmp_path, "export1.csv", "Name,Email,Status\nA,a@b.fr,x\n")
    seen = look(unsure)
    assert seen.object is None
    asked = next(q for q in seen.questions if q.code == "object")
    assert {"user", "contact", "campaign_member"} <= set(asked.options)
    reports, refusals = reader.read(unsure, unsure.name, {}, tmp_path / "o", "UTC")
    assert (reports, refusals[0].cause) == ([], "object_unknown")
    chosen = {unsure.name: Choices(object="contact")}
    reports, refusals = reader.read(unsure, unsure.name, chosen, tmp_path / "o", "UTC")
    assert (reports[0].object, reports[0].rows_kept, refusals) == ("contact", 1, [])


def test_a_binding_by_hand_is_used_and_remembered(tmp_path: Path) -> None:
    """A column nobody knows becomes the field a person says."""
    path = write(tmp_path, "comptes.csv", "Nom du compte;Vertical\nA;Négoce\n")
    seen = look(path)
    assert seen.columns[1].field is None
    known = {seen.signature: Choices(bindings={1: "industry"})}
    again = look(path, known)
    assert (again.columns[1].field, again.columns[1].reason) == (
        "industry",
        "remembered",
    )
    chosen = {path.name: Choices(bindings={1: "industry"})}
    reports, _ = reader.read(path, path.name, chosen, tmp_path / "out", "UTC")
    assert reports[0].bindings == {"Nom du compte": "name", "Vertical": "industry"}


def test_words_are_shown_and_unknown_ones_asked(tmp_path: Path) -> None:
    """Each word of a choice is listed with its count and what it becomes."""
    text = "Campaign Name,E-mail,Member Status\nR,a@b.fr,Ouvreur\nR,c@d.fr,VIP\n"
    seen = look(write(tmp_path, "campaign members.csv", text))
    words = {word.text: (word.count, word.value) for word in seen.words["stage"]}
    assert words == {"Ouvreur": (1, "opened"), "VIP": (1, None)}
    assert "value" in codes(seen)


def test_a_file_without_its_campaign_asks_for_it(tmp_path: Path) -> None:
    """The guess is the file's name; a choice wins."""
    path = write(tmp_path, "Soldes_cliqueurs.csv", "E-mail\na@b.fr\nc@d.fr\n")
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("E-mail", "E-mail;Nom").replace(".fr", ".fr;X"), "utf-8"
    )
    seen = look(path)
    assert seen.object == "campaign_member"
    assert next(q for q in seen.questions if q.code == "campaign").guess == "Soldes"
    chosen = {path.name: Choices(campaign="Soldes d'été")}
    reader.read(path, path.name, chosen, tmp_path / "out", "UTC")
    rows = pq.read_table(tmp_path / "out" / "campaign_member-1.parquet").to_pylist()
    assert {(row["campaign"], row["stage"]) for row in rows} == {
        ("Soldes d'été", "clicked")
    }


def test_reading_what_inspection_shows_changes_nothing(tmp_path: Path) -> None:
    """Sending every binding back as it was shown reads the same rows."""
    text = (
        "Id,OwnerId,Subject,ActivityDate,Status,CallDurationInSeconds\n"
        "00T5g000006TaskAAA,x,Suivi,2026-07-01,Not Started,60\n"
    )
    path = write(tmp_path, "Task.csv", text)
    seen = look(path)
    same = Choices(bindings={c.position: c.field for c in seen.columns})
    reader.read(path, "Task.csv", {}, tmp_path / "a", "UTC")
    reader.read(path, "Task.csv", {"Task.csv": same}, tmp_path / "b", "UTC")
    first = pq.read_table(tmp_path / "a" / "activity-1.parquet")
    second = pq.read_table(tmp_path / "b" / "activity-1.parquet")
    assert first.equals(second)
    assert first.column("kind").to_pylist() == ["call"]
    assert first.column("is_done").to_pylist() == [False]


def test_a_weekly_export_is_read_object_by_object(tmp_path: Path) -> None:
    """A zip of an export gives each object, and says what it leaves out."""
    samples = Path(__file__).resolve().parents[2] / "sources" / "salesforce"
    path = tmp_path / "WE_00D_1.ZIP"
    with zipfile.ZipFile(path, "w") as archive:
        for sample in sorted(samples.glob("*.weekly.csv")):
            archive.write(sample, sample.name.replace(".weekly", ""))
        archive.writestr("ContentVersion/068x", b"\x89PNG\r\n\x1a\n")
    reports, refusals = reader.read(path, path.name, {}, tmp_path / "out", "UTC")
    kept = sorted((report.object, report.rows_kept) for report in reports)
    assert kept == [
        ("account", 2),
        ("activity", 1),
        ("activity", 2),
        ("activity", 4),
        ("campaign", 1),
        ("campaign_member", 2),
        ("contact", 1),
        ("contact", 2),
        ("label", 1),
        ("opportunity", 2),
        ("record", 1),
        ("user", 2),
    ]
    assert all(refusal.skipped for refusal in refusals)
    assert {report.encoding for report in reports} <= {"cp1252", "utf-8", "ascii"}
    assert len(list((tmp_path / "out").glob("*.parquet"))) == len(reports)


def test_two_columns_of_one_name_are_asked_about(tmp_path: Path) -> None:
    """Which of them is the account's name is never settled in silence (B17)."""
    path = write(tmp_path, "comptes.csv", "Nom;Secteur;Nom\nA;Négoce;B\n")
    asked = next(q for q in look(path).questions if q.code == "column")
    assert (asked.field, asked.options) == ("name", ("0", "2"))
    known = Choices(bindings={0: None})
    reader.read(path, path.name, {path.name: known}, tmp_path / "out", "UTC")
    rows = pq.read_table(tmp_path / "out" / "account-1.parquet").to_pylist()
    assert rows[0]["name"] == "B"


def test_rows_are_neither_lost_nor_invented(tmp_path: Path) -> None:
    """Split rows, bad cells, twice the same id: read = kept + rejected."""
    text = (
        "Id,Name,OwnerId,CreatedDate\n1,A,x,2026-01-01\n1,A,x,2026-01-01\n"
        "2,B,x,2026-99-01\n3,C\n,,,\n4,D,x,2026-01-01,y,z\n"
    )
    path = write(tmp_path, "Account.csv", text)
    reports, _ = reader.read(path, path.name, {}, tmp_path / "out", "UTC")
    report = reports[0]
    assert report.rows_read == report.rows_kept + report.rows_rejected
    assert sum(report.reasons.values()) == report.rows_rejected
    notes = pq.read_table(tmp_path / "out" / "rejects.parquet").to_pylist()
    assert sum(not note["kept"] for note in notes) == report.rows_rejected
    assert {note["line"] for note in notes} >= {3, 4, 5, 7}
