"""The bytes of each file of the corpus, by the name that cases.toml gives."""

from __future__ import annotations

import gzip
import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable

import xlsxwriter

HEADER = "Id;Name;Industry;CreatedDate"
ROWS = (
    "0015g00000AAAA1AAQ;Énergie Été;Énergie;2026-01-05",
    "0015g00000AAAA2AAQ;Cœur & Fils;Bâtiment;2026-01-06",
    "0015g00000AAAA3AAQ;Total Energies;Pétrole;2026-01-07",
)
MAKERS: dict[str, Callable[[], bytes]] = {}


def maker(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Register a file under its function's name."""
    MAKERS[make.__name__] = make
    return make


def lines(*rows: str, header: str = HEADER, end: str = "\n") -> str:
    return "".join(row + end for row in (header, *rows))


def zipped(**content: bytes) -> bytes:
    """Return an archive; "__" stands for "/" and "_" for "." in names."""
    named = {k.replace("__", "/").replace("_", "."): v for k, v in content.items()}
    return archive(named)


def archive(content: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in content.items():
            opened.writestr(name, data)
    return buffer.getvalue()


def text(name: str, content: str, encoding: str = "utf-8") -> None:
    MAKERS[name] = lambda: content.encode(encoding)


ALL = lines(*ROWS)
# A. Encoding and bytes
text("utf8", ALL)
text("utf8_bom", ALL, "utf-8-sig")
text("cp1252", lines(*ROWS, "4;Prix 5 €;Café;2026-01-08"), "cp1252")
text("mac_roman", ALL, "mac_roman")
text("latin9", lines(*ROWS, "4;Prix 5 €;Café;2026-01-08"), "iso-8859-15")
text("utf16_bom", ALL.replace(";", "\t").replace("\n", "\r\n"), "utf-16")
text("utf16_be_bom", "\ufeff" + ALL, "utf-16-be")
text("utf16_no_mark", ALL, "utf-16-le")
text("nul_in_cell", ALL.replace("Total Energies", "Total\0 Energies"))
text("nul_tail", ALL + "\0" * 4096)
text("world", lines("1;😀 客户;عميل;2026-01-05", "2;e\u0301te\u0301;👩‍👩‍👧;2026-01-06"))
text(
    "nfd_header",
    lines(
        "1;a;b;2026-01-05", header="Id;Prope\u0301rie\u0301te\u0301;Name;CreatedDate"
    ),
)
text("invisible", lines("1;\u202eevil;a\u200bb;2026-01-05", "2;a\u00a0b;c;2026-01-06"))
text("controls", lines("1;a\x01b\x1b[31mred;c;2026-01-05"))


@maker
def one_cp1252_line() -> bytes:
    return ALL.encode() + "4;Café;Hôtel;2026-01-08\n".encode("cp1252")


@maker
def overlong() -> bytes:
    return ALL.encode() + b"4;a\xc0\xafb;x;2026-01-08\n5;\xed\xa0\x80;y;2026-01-09\n"


# B. Structure
text("empty", "")
text("spaces", " \n\n \r\n")
text("header_only", HEADER + "\n")
text("blank_lines", f"\n\n{HEADER}\n\n{ROWS[0]}\n;;;\n   \n{ROWS[1]}\n")
text("commas", ALL.replace(";", ","))
text("tabs", ALL.replace(";", "\t"))
text("pipes", ALL.replace(";", "|"))
text("carets", ALL.replace(";", "^"))
text("sep_line", "sep=;\r\n" + ALL)
FOOTER = (
    '\n"Grand Totals (3 records)"\n\n"Copyright (c) 2000-2026 salesforce.com, inc.'
    ' All rights reserved."\n"Confidential Information - Do Not Distribute"\n'
)
text("footer", ALL + FOOTER)
text("footer_fr", ALL + "Total;;;3\nInformations confidentielles - Ne pas distribuer\n")
text(
    "total_accounts",
    lines(
        "Total Energies;1;a",
        "Total;2;b",
        "Totaux SARL;;",
        "Zed;3;c",
        header="Name;Id;Industry",
    ),
)
text("titles", "Comptes actifs\nFiltre : Pays = France, Type = Client\n\n" + ALL)
text("too_many", lines(ROWS[0], "x;y;z;2026-01-05;5;6", ROWS[1]))
text("too_few", lines(ROWS[0], "x;y", ROWS[1]))
text("cut", lines(*ROWS) + "0015g00000AAAA4AAQ;Petit;Bois;2026-0")
text("cut_early", lines(*ROWS) + "0015g00000AA")
text("cut_in_quotes", lines(*ROWS) + '"0015g00000AAAA4AAQ";"Peti')
text(
    "unclosed",
    lines(
        ROWS[0], '2;"Oups;x;2026-01-06', *(f"{n};a;b;2026-01-07" for n in range(3, 40))
    ),
)
text("quote_in_middle", lines('1;"x"y";b;2026-01-05', '2;5" écran;c;2026-01-06'))
text("breaks_in_quotes", lines('1;"deux\nlignes";"dit ""oui""";2026-01-05', ROWS[0]))
text("old_mac", ALL.replace("\n", "\r"))
text("mixed_ends", f"{HEADER}\r\n{ROWS[0]}\r\n{ROWS[1]}\n{ROWS[2]}\n")
text("same_names", lines("1;a;b;2026-01-05", header="Id;Name;Name;CreatedDate"))
text("no_names", lines("1;a;b;2026-01-05", header="Id;;Name;CreatedDate"))
text("header_again", ALL + HEADER + "\n4;Neuf;x;2026-01-08\n")
text("huge_cell", lines(ROWS[0], "2;" + "x" * (5 << 20) + ";a;2026-01-06", ROWS[2]))
text(
    "wide", ";".join(f"c{n}" for n in range(5000)) + "\n" + ";".join("1" * 5000) + "\n"
)
text("long_header", lines("1;2;3;4", header=f"Id;Name;CreatedDate;{'x' * 10_000}"))
text("many_rows", lines(*(f"{n};Compte {n};Bois;2026-01-05" for n in range(60_000))))
text(
    "late_change",
    lines(
        *(
            f"{n};Compte {n};{'abc' if n == 30_500 else n};2026-01-05"
            for n in range(31_000)
        ),
        header="Id;Name;NumberOfEmployees;CreatedDate",
    ),
)
text(
    "login_page",
    "<!DOCTYPE html><html><head><title>Login</title></head><body><form method=post>"
    '<input name="un"><input type="password" name="pw"></form></body></html>',
)
HTML_ROWS = "".join(
    "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split(";")) + "</tr>"
    for row in (HEADER, *ROWS)
)
text("html_table", f"<html><meta charset=utf-8><table>{HTML_ROWS}</table></html>")
text("pdf", "%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< >>\nendobj\n")
text("json", '[{"Id": "1", "Name": "a"}]')


@maker
def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(200)


@maker
def noise() -> bytes:
    return random.Random(1).randbytes(20_000)


@maker
def gz() -> bytes:
    return gzip.compress(ALL.encode())


@maker
def zip_of_one() -> bytes:
    return zipped(Account_csv=ALL.encode())


@maker
def zip_of_three() -> bytes:
    return zipped(
        Account_csv=ALL.encode(),
        Lot__Contact_csv=b"Id,LastName,Email,AccountId\n1,a,a@b.fr,2\n",
        Documents__015_pdf=b"%PDF",
        Documents__notes_txt=b"x",
        ContentVersion__068x=b"\x89PNG",
        photo_png=b"\x89PNG",
        Case_csv=b"Id,Subject\n",
    )


# D. Archives and workbooks
@maker
def bomb() -> bytes:
    return zipped(Account_csv=b"a" * 80_000_000)


@maker
def gzip_bomb() -> bytes:
    return gzip.compress(f"{HEADER}\n".encode() + b"1;a;b;2026-01-05\n" * 5_000_000, 6)


@maker
def many_members() -> bytes:
    return archive({f"{n}.csv": b"Id,Name\n1,a\n" for n in range(1001)})


@maker
def nested() -> bytes:
    return archive({"in.zip": zip_of_one(), "Account.csv": ALL.encode()})


@maker
def slip() -> bytes:
    return archive({"../../evil.csv": ALL.encode()})


@maker
def absolute() -> bytes:
    return archive({"/etc/evil.csv": ALL.encode()})


@maker
def symlink() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        entry = zipfile.ZipInfo("Account.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        opened.writestr(entry, "/etc/passwd")
    return buffer.getvalue()


@maker
def lying_size() -> bytes:
    data = bytearray(zipped(Account_csv=ALL.encode()))
    # Uncompressed size, in the local header and in the directory: half the truth.
    half = struct.pack("<I", len(ALL.encode()) // 2)
    central = data.rindex(b"PK\x01\x02")
    data[22:26] = half
    data[central + 24 : central + 28] = half
    return bytes(data)


@maker
def two_of_a_name() -> bytes:
    data = zipped(Account_csv=ALL.encode(), Accoun2_csv=ALL.encode())
    return data.replace(b"Accoun2.csv", b"Account.csv")


@maker
def locked_zip() -> bytes:
    data = bytearray(zipped(Account_csv=ALL.encode()))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'  # noqa: E501


def workbook(rows: str, **parts: bytes) -> bytes:
    """Return a workbook of one sheet written by hand."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    spread = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',  # noqa: E501
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),  # noqa: E501
        "xl/workbook.xml": f'<workbook xmlns="{spread}" xmlns:r="{office}"><sheets><sheet name="Account" sheetId="1" r:id="rId1"/></sheets></workbook>'.encode(),  # noqa: E501
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'.encode(),  # noqa: E501
        "xl/worksheets/sheet1.xml": (SHEET % rows).encode(),
        **{
            name.replace("__", "/").replace("_", "."): data
            for name, data in parts.items()
        },
    }
    return archive(files)


def inline(line: int, *cells: str) -> str:
    row = "".join(
        f'<c r="{chr(65 + n)}{line}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for n, cell in enumerate(cells)
    )
    return f'<row r="{line}">{row}</row>'


@maker
def inline_bomb() -> bytes:
    return workbook(inline(1, "Id", "Name") + inline(2, "1", "x" * 60_000_000))


@maker
def million_rows() -> bytes:
    body = [inline(1, "Id", "Name", "NumberOfEmployees")]
    body += [
        f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 1000003}</v></c>'
        f'<c r="B{n}" t="str"><v>Compte {n}</v></c>'
        f'<c r="C{n}"><v>{n % 991}</v></c></row>'
        for n in range(2, 1_000_002)
    ]
    return workbook("".join(body))


@maker
def far_cell() -> bytes:
    return workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@maker
def two_far_cells() -> bytes:
    far = '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'
    return workbook(inline(1, "Id", "Name") + far)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">'
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><sst><si><t>&i;</t></si></sst>"
).encode()
XXE = b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'
SHARED = inline(1, "Id", "Name") + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'


@maker
def laughs() -> bytes:
    return workbook(SHARED, xl__sharedStrings_xml=LAUGHS)


@maker
def foreign_entity() -> bytes:
    return workbook(SHARED, xl__sharedStrings_xml=XXE)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@maker
def locked_workbook() -> bytes:
    return OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


@maker
def old_xls() -> bytes:
    return OLE + bytes(2000) + "Workbook".encode("utf-16-le") + bytes(500)


@maker
def xlsb() -> bytes:
    return archive({"[Content_Types].xml": b"", "xl/workbook.bin": b"x"})


@maker
def ods() -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "content.xml": b"<x/>"})


def simple_rows() -> str:
    rows = (HEADER, *ROWS)
    return "".join(
        inline(n, *(cell.replace("&", "&amp;") for cell in row.split(";")))
        for n, row in enumerate(rows, start=1)
    )


@maker
def simple_workbook() -> bytes:
    return workbook(simple_rows())


@maker
def macro_workbook() -> bytes:
    return workbook(simple_rows(), xl__vbaProject_bin=b"macro")


@maker
def linked_workbook() -> bytes:
    link = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    )
    return workbook(
        simple_rows() + '<row r="5"><c r="B5"><f>[1]Feuil1!A1</f><v>x</v></c></row>',
        xl__externalLinks__externalLink1_xml=link,
        xl__embeddings__oleObject1_bin=OLE,
    )


@maker
def formulas() -> bytes:
    wrong = '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    error = f'<row r="3"><c r="A3"><v>2</v></c>{wrong}</row>'
    none = '<row r="4"><c r="A4"><v>3</v></c><c r="B4"><f>A1&amp;"x"</f></c></row>'
    return workbook(inline(1, "Id", "Name") + inline(2, "1", "a") + error + none)


@maker
def many_sheets() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        hidden = book.add_worksheet("hiddenSheet")
        main = book.add_worksheet("Account")
        main.activate()
        main.set_first_sheet()
        hidden.write_row(0, 0, ["Id", "Name"])
        hidden.hide()
        main.merge_range(0, 0, 0, 3, "Comptes actifs")
        main.write_row(6, 0, HEADER.split(";"))
        for number, row in enumerate(ROWS):
            main.write_row(7 + number, 0, row.split(";"))
        main.set_row(8, None, None, {"hidden": True})
        for number in range(28):
            book.add_worksheet(f"Feuille {number}")
    return buffer.getvalue()
