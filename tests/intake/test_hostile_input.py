"""Damaged and hostile files: a sentence or a reject, never another error, and never a wrong record."""

from __future__ import annotations

import struct
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.intake.line_feed import END
from tests.examples import examples
from tests.intake.conftest import Open
from tests.intake.reading import opened

HEADER = b"id,nps,comment\n"
GOOD = b"1,9,good\n"
LAST = b"8,3,last\n"
MILLION = 2**20


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG image"),
        (b"\x7fELF" + bytes(200), "a program"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"SQLite format 3\x00" + bytes(100), "a SQLite database"),
        (b"\x1f\x8b\x08" + bytes(20), "compressed with gzip"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><rows/>", "an XML document"),
        (bytes(range(1, 32)) * 40, "a binary file"),
    ],
)
def test_what_is_no_table_is_named(read: Open, content: bytes, what: str) -> None:
    with pytest.raises(InvalidInput, match=f"is not a table: it is {what}"):
        read(content)


def test_a_cell_of_ten_million_characters_is_kept_whole(read: Open) -> None:
    found = read(HEADER + b'1,9,"' + b"x" * (10 * MILLION) + b'"\n' + LAST)
    assert [len(record.comment) for record in found.responses] == [10 * MILLION, 4]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (b'"' + b"x" * (50 * 10**6) + b'"', "the row is longer than 12 million characters"),
        (b"x" * (11 * MILLION), "a cell is longer than 10 million characters"),
        (b'"' + b"line, of text\n" * 900_000 + b'"', "a cell is longer than 10 million characters"),
    ],
    ids=["a line of fifty million", "a bare cell", "a cell of many lines"],
)
def test_a_longer_cell_costs_only_its_row(read: Open, cell: bytes, reason: str) -> None:
    found = read(HEADER + GOOD + b"2,5," + cell + b"\n" + LAST)
    assert [record.external_id for record in found.responses] == ["1", "8"]
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(3, reason)]
    assert found.responses[-1].line == 4 + cell.count(b"\n")


def test_quotes_left_open_at_the_end_cost_only_their_row(read: Open) -> None:
    found = read(HEADER + GOOD + b'2,5,"open and\ncut in the mid')
    assert [record.external_id for record in found.responses] == ["1"]
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (3, "a quotation mark opened in this row is never closed")
    ]


def test_quotes_left_open_do_not_swallow_the_rows_after_them(read: Open) -> None:
    rows = b"".join(b"%d,5,fine\n" % number for number in range(100, 200))
    found = read(HEADER + GOOD + b'2,5,"open\n' + rows)
    assert len(found.responses) == 101
    assert [reject.line for reject in found.rejects] == [3]


def test_quotes_left_open_far_down_a_long_file_cost_only_their_row(read: Open) -> None:
    rows = b"".join(b"%d,9,%s\n" % (number, b"word " * 200) for number in range(14_000))
    found = read(HEADER + rows + b'99999,5,"open\n' + LAST)
    assert [record.external_id for record in found.responses[-2:]] == ["13999", "8"]
    assert [reject.line for reject in found.rejects] == [14_002]


def test_a_row_cut_off_at_the_end_of_the_file_is_rejected(read: Open) -> None:
    found = read(HEADER + GOOD + b"2,5")
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (3, "the file ends in the middle of this row")
    ]


def test_a_last_row_without_line_end_is_whole(read: Open) -> None:
    assert len(read(HEADER + GOOD + b"2,5,fine").responses) == 2


def test_control_characters_are_kept_as_they_came(read: Open) -> None:
    hostile = "[@click=app.quit]\x1b[31m\x00\x07\x9b\u202e=cmd()"
    assert read(HEADER + f"1,9,a{hostile}z\n".encode()).responses[0].comment == f"a{hostile}z"


def test_a_cell_cannot_pretend_that_the_file_ends(read: Open) -> None:
    found = read(HEADER + f"{END}\n2,5,{END}\n".encode() + LAST)
    assert [record.external_id for record in found.responses] == [END, "2", "8"]


def test_lone_surrogates_become_storable(read: Open) -> None:
    found = read('[{"id": "1", "nps": 9, "comment": "a\\ud800b \\ud83d\\ude00"}]', "x.json")
    assert found.responses[0].comment == "a\ufffdb \U0001f600"


def test_a_table_with_thousands_of_columns_is_refused(read: Open) -> None:
    with pytest.raises(InvalidInput, match="has 5,000 columns"):
        read(",".join(f"c{number}" for number in range(5000)) + "\n" + ",".join("1" * 5000) + "\n")


@pytest.mark.parametrize("nested", ["[", '{"a":', '[{"a":', "{"])
def test_deeply_nested_json_is_refused(read: Open, nested: str) -> None:
    with pytest.raises(InvalidInput, match=r"deep\.json"):
        read(nested * 50_000, "deep.json")


def test_a_record_nested_too_deeply_costs_only_itself(read: Open) -> None:
    deep = b"[" * 5000 + b"]" * 5000
    found = read(b'[{"id": 1, "comment": ' + deep + b'},\n{"id": 2, "comment": "fine"}]', "deep.json")
    assert [record.comment for record in found.responses] == ["fine"]
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(1, "the record is nested too deeply")]


def test_a_workbook_cut_off_is_refused(read: Open) -> None:
    with pytest.raises(InvalidInput, match=r"book\.xlsx can't be read as a workbook"):
        read(b"PK\x03\x04" + bytes(200), "book.xlsx")
    with pytest.raises(InvalidInput, match=r"book\.xls can't be read as a workbook"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<64I", *range(64)) * 20, "book.xls")


pieces = st.sampled_from(
    [
        b'"', b"\n", b"\r", b",", b";", b"\t", b"{", b"}", b"[", b"]", b":", b"null", b"1", b"\x00", b"\xff",
        b"\\ud800", b"id,nps,comment\n", b'{"id":1,"nps":', b"\xef\xbb\xbf", b"\xff\xfe", b"caf\xe9", "é".encode(),
        b"V1,V2\n",
        b'{"ImportId":"x"}', b"ResponseId", b'{"form_response":', b'"answers":[', b'{"event_data":{"person":', b"-",
        b"#",
        b"2020-02-31", b"Timestamp", b" ", b"11", b'{"data":{"surveyId":1,"finished":',
    ]
)  # fmt: skip


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(pieces, max_size=40).map(b"".join)))
def test_no_bytes_raise_anything_but_a_sentence(tmp_path: Path, content: bytes) -> None:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return  # workbooks have a process of their own
    path = tmp_path / "hostile.csv"
    path.write_bytes(content)
    with ExitStack() as stack:
        try:
            found = opened(path, stack)
        except CasedeskError as error:
            refusal = str(error)
        else:
            refusal = f"hostile but readable: {found.source.description}"
            assert all(record.line >= 1 for record in [*found.records, *found.rejects])
    assert "hostile" in refusal
