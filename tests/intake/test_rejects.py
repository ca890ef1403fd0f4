"""The file of rejected rows."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from casedesk.domain.errors import InvalidInput
from casedesk.intake.records import Reject
from casedesk.intake.rejects import RejectsFile, safe_cell


def test_rows_are_written_with_line_reason_and_cells(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    with RejectsFile(path, ["id", "nps"]) as file:
        file.add(Reject(3, "score 11 is out of range", ("1", "11")))
        file.add(Reject(5, "cut off", ()))
    with path.open(encoding="utf-8-sig", newline="") as written:
        assert list(csv.reader(written)) == [
            ["line", "reason", "id", "nps"],
            ["3", "score 11 is out of range", "1", "11"],
            ["5", "cut off"],
        ]
    assert file.count == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_rejects_there_is_no_file(tmp_path: Path) -> None:
    with RejectsFile(tmp_path / "rejects.csv") as file:
        pass
    assert (file.count, list(tmp_path.iterdir())) == (0, [])


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


def test_other_cells_are_as_they_came() -> None:
    assert [safe_cell(cell) for cell in ("", "a=b", "9", "ü")] == ["", "a=b", "9", "ü"]


def test_what_no_file_can_hold_is_replaced(tmp_path: Path) -> None:
    with RejectsFile(tmp_path / "rejects.csv") as file:
        file.add(Reject(1, "odd", ("a\ud800b",)))
    assert "a?b" in (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with (
        RejectsFile(tmp_path / "no such folder" / "rejects.csv") as file,
        pytest.raises(InvalidInput, match=r"rejects\.csv can't be written: No such file"),
    ):
        file.add(Reject(1, "odd"))
