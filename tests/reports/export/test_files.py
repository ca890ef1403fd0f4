"""A file is written whole or not at all, and one that is there is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.domain.errors import InvalidInput, StoreUnavailable
from casedesk.reports.export.files import write_csv, write_file, write_html, write_json, write_svg
from tests.reports.export.made_reports import made

WRITERS = ((write_csv, "a.csv"), (write_json, "a.json"), (write_svg, "a.svg"), (write_html, "a.html"))


def test_each_kind_is_written_as_utf_8(tmp_path: Path) -> None:
    report = made(by="campaign", labels=["Résolution"])
    for write, name in WRITERS:
        assert "Résolution" in write(report, tmp_path / name).read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.html", "a.json", "a.svg"]


def test_several_reports_are_one_page_with_its_own_title(tmp_path: Path) -> None:
    page = write_html([made(), made()], tmp_path / "board.html", title="Board").read_text(encoding="utf-8")
    assert "<title>Board</title>" in page
    assert page.count("<table>") == 2


def test_a_file_that_is_there_is_left_alone_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text("mine")
    with pytest.raises(InvalidInput, match="exists already"):
        write_svg(made(), path)
    assert path.read_text() == "mine"
    assert write_svg(made(), path, replace=True).read_text(encoding="utf-8").startswith("<?xml")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no folder"):
        write_csv(made(), tmp_path / "none" / "a.csv")


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="exists already"):
        write_csv(made(), tmp_path, replace=True)


def test_what_can_not_be_written_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="can't be written"):
        write_file("text", tmp_path / ("n" * 300))
    assert list(tmp_path.iterdir()) == []


def test_text_that_no_encoding_holds_is_written_all_the_same(tmp_path: Path) -> None:
    for write, name in WRITERS:
        assert write(made(by="campaign", labels=["\ud800"]), tmp_path / name).stat().st_size > 0
