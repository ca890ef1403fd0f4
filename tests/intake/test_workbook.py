"""Workbooks, made here cell by cell."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from casedesk.domain.errors import InvalidInput
from tests.intake.conftest import Open

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Cell = str | int | float | bool | None


def cell(place: str, value: Cell, style: int = 0) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def sheet(rows: dict[int, list[Cell]], date_columns: tuple[int, ...] = ()) -> str:
    body = "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + i)}{number}", value, 1 if i in date_columns else 0) for i, value in enumerate(row))
        + "</row>"
        for number, row in rows.items()
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def workbook(**sheets: str) -> bytes:
    """An xlsx file; style 1 is a date with a time."""
    names = list(sheets)
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{"hidden" if name == "hidden" else "visible"}"/>'
        for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    links += f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/s{n}.xml": text for n, text in enumerate(sheets.values(), 1)},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return file.getvalue()


HEADER: list[Cell] = ["id", "nps", "comment", "answered at", "VIP"]


def test_cells_become_the_texts_that_people_see(read: Open) -> None:
    rows: dict[int, list[Cell]] = {
        1: HEADER,
        2: ["007", 9, "grün\nist gut", 45292.5, True],
        3: ["008", 3, None, None, False],
    }
    found = read(workbook(Answers=sheet(rows, date_columns=(3,))), "book.xlsx")
    first, second = found.responses
    assert (first.external_id, first.score, first.comment, first.answered_at) == ("007", 9, "grün\nist gut", 1704110400)
    assert dict(first.answers)["vip"] == "true"
    assert (second.line, second.score, second.answered_at) == (3, 3, None)
    assert found.source.description.startswith("Unknown workbook, 1 header line")


def test_rows_have_their_numbers_in_the_sheet(read: Open) -> None:
    found = read(workbook(S=sheet({3: ["Title"], 5: HEADER, 6: ["1", 9, "a"], 9: ["2", 11, "b"]})), "book.xlsx")
    assert [record.line for record in found.responses] == [6]
    assert [reject.line for reject in found.rejects] == [9]


def test_the_first_visible_sheet_with_rows_is_read_and_the_others_told(read: Open) -> None:
    found = read(
        workbook(hidden=sheet({1: ["x", "y"]}), Empty=sheet({}), Data=sheet({1: HEADER, 2: ["1", 9]}), More=sheet({})),
        "book.xlsx",
    )
    assert len(found.responses) == 1
    assert found.source.warnings[0] == 'Only the sheet "Data" is read; the file also has Empty, More.'


def book_of_three() -> bytes:
    return workbook(
        Cover=sheet({1: ["Results of our survey"], 3: ["made in May"]}),
        Blank=sheet({1: HEADER}),
        Answers=sheet({1: HEADER, 2: ["1", 9]}),
        Again=sheet({1: HEADER, 2: ["7", 8], 3: ["8", 7]}),
    )


def test_a_cover_sheet_and_one_of_headings_alone_are_passed_over(read: Open) -> None:
    found = read(book_of_three(), "book.xlsx")
    assert [answer.external_id for answer in found.responses] == ["1"]
    assert found.source.warnings[0] == 'Only the sheet "Answers" is read; the file also has Cover, Blank, Again.'


def test_a_sheet_can_be_chosen_by_name(read: Open) -> None:
    found = read(book_of_three(), "book.xlsx", sheet=" again")
    assert [answer.external_id for answer in found.responses] == ["7", "8"]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(read: Open) -> None:
    with pytest.raises(InvalidInput, match=r"has no sheet “Other”; it has Cover, Blank, Answers, Again\."):
        read(book_of_three(), "book.xlsx", sheet="Other")


def test_a_table_that_is_no_workbook_has_no_sheets(read: Open) -> None:
    with pytest.raises(InvalidInput, match=r"survey\.csv is no workbook and has no sheets"):
        read("id,nps\n1,9\n", sheet="Answers")


def test_a_source_of_a_workbook_can_be_read_again(read: Open) -> None:
    found = read(workbook(S=sheet({1: HEADER, 2: ["1", 9], 3: ["2", 8]})), "book.xlsx")
    assert list(found.source.records()) == found.records
    assert found.source.position() == found.source.size


def test_a_small_file_that_claims_a_giant_sheet_is_refused(read: Open, tmp_path: Path) -> None:
    giant = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(InvalidInput, match=r"bomb\.xlsx can't be read as a workbook: it is damaged, or too large"):
        read(workbook(S=f'<worksheet xmlns="{MAIN}"><sheetData>{giant}</sheetData></worksheet>'), "bomb.xlsx")


def test_a_workbook_without_rows_is_refused(read: Open) -> None:
    with pytest.raises(InvalidInput, match="it has no sheet with rows"):
        read(workbook(S=sheet({})), "book.xlsx")


def test_a_zip_archive_of_something_else_is_refused(read: Open) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("hello.txt", "hello")
    with pytest.raises(InvalidInput, match=r"a\.zip can't be read as a workbook"):
        read(file.getvalue(), "a.zip")
