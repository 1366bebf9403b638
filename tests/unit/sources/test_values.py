"""Texts, ids, numbers, words and dates of cells."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources import moments, values
from core.sources.vendor import vendors
from core.sources.words import table

SALESFORCE = vendors()["salesforce"]
GENERIC = vendors()["generic"]


@pytest.mark.parametrize(
    ("cell", "mark", "number"),
    [
        ("1 234,56", ",", 1234.56),
        ("1\u00a0234,56", ",", 1234.56),
        ("1\u202f234,56 €", ",", 1234.56),
        ("1.234,56", ",", 1234.56),
        ("1,234.56", ".", 1234.56),
        ("(12)", ".", -12.0),
        ("12 €", ".", 12.0),
        ("EUR 1 234,50", ",", 1234.5),
        ("$1,000", ".", 1000.0),
        ("'0612", ".", 612.0),
        ("12-", ".", -12.0),
        ("−5", ".", -5.0),
        ("1e3", ".", 1000.0),
    ],
)
def test_number(cell: str, mark: str, number: float) -> None:
    """Numbers are read as people and tools write them."""
    assert values.number_of(cell, mark) == number


@pytest.mark.parametrize("cell", ["1e400", "NaN", "inf", "-Infinity", "abc", "1-2", ""])
def test_number_refused(cell: str) -> None:
    """What is not a finite number never becomes one."""
    with pytest.raises(ValueError):
        values.number_of(cell)


def test_infinite_numbers_are_failures_in_a_column() -> None:
    """The fast path lets neither NaN nor infinity through."""
    read = values.number(pa.array(["1.5", "1e400", "NaN", None]), ".")
    assert read.values.to_pylist() == [1.5, None, None, None]
    assert read.bad is not None
    assert read.bad.to_pylist() == [False, True, True, False]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1 234,56", "12"], ","),
        (["1,234.56"], "."),
        (["1.234,56"], ","),
        (["1.234.567"], ","),
        (["1,234,567"], "."),
        (["12500.5", "900"], "."),
        (["0,125"], ","),
        (["1,234"], "."),
        ([], "."),
    ],
)
def test_decimal_mark(cells: list[str], mark: str) -> None:
    """The decimal mark is decided from the whole column."""
    assert values.decimal_mark(cells) == mark


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_survives_french_writing(number: object) -> None:
    """Any amount written in French comes back as it was."""
    written = f"{number:,}".replace(",", "\u202f").replace(".", ",")
    assert values.number_of(written, ",") == pytest.approx(float(str(number)))


def test_ids_are_kept_as_they_stand() -> None:
    """Leading zeros and long digits stay; rounded ids are failures (C14)."""
    cells = pa.array(["01000", "12345678901234567890123", "1,23E+14", "1E5", None])
    read = values.identity(cells, GENERIC)
    assert read.values.to_pylist() == [
        "01000",
        "12345678901234567890123",
        None,
        "1E5",
        None,
    ]
    assert read.bad is not None
    assert read.bad.to_pylist() == [False, False, True, False, False]


def test_salesforce_ids_join() -> None:
    """15 characters get the checksum, capitals matter, null ids are null (C15)."""
    cells = pa.array(
        [
            "0015g00000AbCdE",
            "0015g00000abcde",
            "0015g00000AbCdEAAA",
            "000000000000000AAA",
            "000000000000000",
            "Jean-Luc Picard",
        ]
    )
    read = values.reference(cells, SALESFORCE).values.to_pylist()
    assert read[0] == "0015g00000AbCdEAAV"
    assert read[1] == "0015g00000abcdeAAA"
    assert read[2] == "0015g00000AbCdEAAA"
    assert read[3:] == [None, None, "Jean-Luc Picard"]


def test_known_checksum() -> None:
    """The checksum is Salesforce's: ids of the published seeds, both forms."""
    for full in ("0051G000005Mun4QAC", "0011G00000eLwuWQAS", "00U1G00000DEaypUAD"):
        read = values.identity(pa.array([full[:15]]), SALESFORCE)
        assert read.values.to_pylist() == [full]


def test_invisible_marks_do_not_part_people() -> None:
    """Ids and e-mails that differ by marks nobody sees are one (A12, C17)."""
    cells = pa.array(["Jean@Exemple.fr", "\u200bjean@exemple.fr", "jean@exemple.fr"])
    assert set(values.email(cells).values.to_pylist()) == {"jean@exemple.fr"}


def test_hubspot_association() -> None:
    """An association cell gives the other record's id."""
    cells = pa.array(["Boulangeries Durand (5551)", "A (1);B (2)", "Seul", None])
    read = values.reference(cells, vendors()["hubspot"]).values.to_pylist()
    assert read == ["5551", "1", "Seul", None]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1", True), ("Vrai", True), ("OUI", True), ("checked", True), ("3", True)]
    + [("0", False), ("Faux", False), ("Non", False), ("false", False)],
)
def test_boolean(cell: str, value: bool) -> None:
    """Yes and no in both languages, and counts."""
    assert values.boolean_of(cell, table("boolean")) is value


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("opportunity.status", "Closed Won", "won"),
        ("opportunity.status", "Fermée gagnée", "won"),
        ("opportunity.status", "Two next steps", "open"),
        ("opportunity.status", "Perdue", "lost"),
        ("campaign_member.stage", "Ouvreurs", "opened"),
        ("campaign_member.stage", "Désabonné", "opted_out"),
        ("campaign_member.stage", "NPAI", "bounced_hard"),
        ("campaign_member.stage", "Peut-être", None),
        ("login.outcome", "Réussite", "success"),
        ("login.outcome", "LOGIN_NO_ERROR", "success"),
        ("login.outcome", "Invalid Password", "failure"),
        ("activity.kind", "Appel téléphonique", "call"),
        ("login_type", "I", "machine"),
        ("login_type", "i", None),
        ("login_type", "SAML Idp Initiated SSO", "interactive"),
        ("login_application", "Salesforce for Android", "interactive"),
        ("login_application", "Salesforce for Outlook", "machine"),
    ],
)
def test_words(name: str, cell: str, value: str | None) -> None:
    """Words mean what people meant, whole words only."""
    assert table(name).value(cell) == value


def at(text: str, **style: object) -> datetime | None:
    """Return the UTC moment of a text."""
    return moments.read(text, moments.Style(**style))[0]  # type: ignore[arg-type]


def day(text: str, **style: object) -> date | None:
    """Return the day of a text without a time."""
    return moments.read(text, moments.Style(**style))[1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T08:00:00.000Z",
        "2026-01-31T08:00:00.000+0000",
        "2026-01-31 09:00:00+01:00",
        "1/31/2026, 9:00:00 AM CET",
        "20260131080000.000",
        "1/31/2026 9:00 AM HNEC",
        "1/31/2026 8:00 GMT",
        "1/31/2026 9:00 GMT+1",
    ],
)
def test_moment(text: str) -> None:
    """One moment in every writing that exports have."""
    assert at(text, order="mdy") == datetime(2026, 1, 31, 8)


def test_local_times_and_the_night_of_the_clock_change() -> None:
    """Z, an offset and no zone at all are one local day (C11, C12)."""
    style = {"order": "dmy", "zone": "Europe/Paris"}
    assert at("25/10/2026 02:30", **style) == datetime(2026, 10, 25, 0, 30)
    assert at("2026-10-25T02:30:00+02:00", **style) == datetime(2026, 10, 25, 0, 30)
    assert at("25/10/2026 23:59", **style) == datetime(2026, 10, 25, 22, 59)
    assert at("26/10/2026 00:01", **style) == datetime(2026, 10, 25, 23, 1)
    column = pa.array(["2026-10-25 02:30:00", "2026-07-14 10:00:00"])
    read = moments.convert(column, moments.Style(zone="Europe/Paris"))
    assert read.at.to_pylist() == [
        datetime(2026, 10, 25, 0, 30),
        datetime(2026, 7, 14, 8),
    ]


def test_order_of_day_and_month() -> None:
    """The order is the column's (C7)."""
    assert day("05/01/2026", order="dmy") == date(2026, 1, 5)
    assert day("05/01/2026", order="mdy") == date(2026, 5, 1)
    assert moments.look(["05/01/2026", "31/01/2026"]).order == "dmy"
    assert moments.look(["05/01/2026", "1/31/2026"]).order == "mdy"
    assert not moments.look(["05/01/2026", "01/05/2026"]).decided


@pytest.mark.parametrize(
    "text",
    ["1900-01-00", "1899-12-30", "0000-00-00", "9999-12-31", "31/02/2026", "abc", "12"],
)
def test_impossible_dates(text: str) -> None:
    """Dates that no calendar has, or no export means, are failures (C8)."""
    with pytest.raises(ValueError):
        moments.read(text, moments.Style("dmy"))
    for rest in ([], ["2026-01-01"], ["01/01/2026"]):
        read = moments.convert(pa.array([text, *rest]), moments.Style("dmy"))
        assert read.bad.to_pylist()[0]
        assert not any(read.bad.to_pylist()[1:])


def test_serial_numbers_of_spreadsheets() -> None:
    """Day numbers count from 1900, or from 1904 in old Mac workbooks (C10)."""
    assert day("46027") == date(2026, 1, 5)
    assert day("44565", epoch=moments.EPOCH_1904) == date(2026, 1, 5)
    assert at("46027.5") == datetime(2026, 1, 5, 12)


def test_midnight() -> None:
    """24:00 is the next day; a column of midnights holds days."""
    assert at("2026-01-31 24:00") == datetime(2026, 2, 1)
    assert moments.look(["2026-01-31 00:00:00"]).midnight_is_day
    assert not moments.look(["2026-01-31 00:00:00", "2026-01-31 08:00"]).midnight_is_day
    read = moments.convert(
        pa.array(["2026-01-31 00:00:00", ""]), moments.Style(midnight_is_day=True)
    )
    assert read.day.to_pylist() == [date(2026, 1, 31), None]
    assert read.at.to_pylist() == [None, None]


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
def test_fast_and_slow_reading_agree(moment: datetime) -> None:
    """A column is read alike whether all its values are plain or not."""
    moment = moment.replace(microsecond=0)
    for written, order in (("%Y-%m-%d %H:%M:%S", "ymd"), ("%d/%m/%Y %H:%M:%S", "dmy")):
        style = moments.Style(order, "Europe/Paris")  # type: ignore[arg-type]
        text = moment.strftime(written)
        fast = moments.convert(pa.array([text]), style).at.to_pylist()[0]
        assert fast in (
            moments.read(text, style)[0],
            moments.convert(pa.array([text, "x"]), style).at.to_pylist()[0],
        ) or moment.month in (3, 10)
