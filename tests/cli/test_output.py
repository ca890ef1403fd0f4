"""What is written can't act on a terminal or a spreadsheet, and JSON says exactly what is stored."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from casedesk.cli.output import (
    encoded,
    instant,
    write_block,
    write_csv,
    write_fields,
    write_json_list,
    write_table,
)
from casedesk.cli.progress import bar
from casedesk.domain.written import number

HOSTILE = "a\x1b]0;owned\x07\x9b31m\u202egnp\x00\ud800"


@given(st.text())
def test_json_gives_back_every_text_and_holds_nothing_that_acts_on_a_terminal(text: str) -> None:
    written = encoded({"text": text})
    assert json.loads(written) == {"text": text}
    assert not [sign for sign in written if unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n"]


def test_json_escapes_what_reorders_text() -> None:
    assert "\\u202e" in encoded("\u202e")


def test_a_list_is_one_document_however_long(capsys: pytest.CaptureFixture[str]) -> None:
    write_json_list({"number": number} for number in range(3))
    assert json.loads(capsys.readouterr().out) == [{"number": 0}, {"number": 1}, {"number": 2}]
    write_json_list([])
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("x")'])
def test_csv_disarms_formulas(cell: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_csv(["name"], [[cell]])
    assert list(csv.reader(io.StringIO(capsys.readouterr().out)))[1] == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-5", "+49301234567", "3.5", "plain", "a=b", "", "two\nlines", 'a "quoted" one'])
def test_csv_leaves_numbers_and_plain_text_as_they_are(cell: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_csv(["name", "more"], [[cell, 1]])
    assert list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))[1] == [cell, "1"]


@given(st.text())
def test_no_csv_cell_begins_as_a_formula(text: str) -> None:
    from casedesk.domain.written import _NUMBER, csv_cell

    cell = csv_cell(text)
    assert not cell.startswith(("=", "+", "-", "@")) or _NUMBER.fullmatch(cell)


def test_tables_fields_and_blocks_hold_no_controls(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(["name"], [[HOSTILE]])
    write_fields([("name", HOSTILE)])
    write_block("Title", HOSTILE)
    out = capsys.readouterr().out
    assert not [sign for sign in out if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs")]


def test_columns_are_aligned_by_their_width_on_screen(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(["name", "n"], [["東京", 5], ["abcdef", 10]])
    assert capsys.readouterr().out == "name     n\n東京     5\nabcdef  10\n"


def test_what_has_no_value_is_left_out_of_fields(capsys: pytest.CaptureFixture[str]) -> None:
    write_fields([("owner", None), ("count", 0), ("name", "")])
    assert capsys.readouterr().out == "count  0\n"


def test_instants_are_utc_with_z() -> None:
    assert instant(datetime(2026, 1, 31, 12, 0, tzinfo=UTC)) == "2026-01-31T12:00:00Z"
    assert instant(None) is None


@pytest.mark.parametrize(("score", "shown"), [(9.0, "9"), (3.5, "3.5"), (None, "None")])
def test_scores_have_no_needless_fraction(score: float | None, shown: str) -> None:
    assert str(number(score)) == shown


@given(st.floats(-1, 2))
def test_a_bar_is_as_wide_as_it_says(fraction: float) -> None:
    assert len(bar(fraction, 10)) == 10


def test_a_bar_fills_by_eighths() -> None:
    assert (bar(0, 4), bar(0.5, 4), bar(1, 4)) == ("····", "██··", "████")
    assert bar(1 / 32, 4)[0] == "▏"
