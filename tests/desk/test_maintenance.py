"""A checked copy of the desk, and looking its file over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.maintenance import examine
from casedesk.domain.errors import InvalidInput, NotPermitted, StoreUnavailable


def test_a_backup_holds_what_the_desk_holds(desk: Desk, tmp_path: Path) -> None:
    desk.tickets.new("Late delivery", "high", note="Called back")
    made = desk.backup(tmp_path / "copy.desk")
    assert (made.tickets, made.size) == (1, (tmp_path / "copy.desk").stat().st_size)
    with Desk.open(made.path, user="ben") as copy:
        assert copy.tickets.show(1).notes == desk.tickets.show(1).notes


def test_a_backup_leaves_nothing_beside_itself(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    desk.backup(folder / "copy.desk")
    assert [path.name for path in folder.iterdir()] == ["copy.desk"]
    assert (folder / "copy.desk").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("replace", [False, True])
def test_a_backup_needs_a_place_of_its_own(desk: Desk, tmp_path: Path, replace: bool) -> None:
    with pytest.raises(InvalidInput):
        desk.backup(desk.path, replace=replace)
    with pytest.raises(InvalidInput):
        desk.backup(tmp_path, replace=replace)
    with pytest.raises(InvalidInput):
        desk.backup(tmp_path / "no such folder" / "copy.desk", replace=replace)


def test_an_examination_needs_no_user_and_finds_a_new_desk_sound(desk: Desk) -> None:
    desk.tickets.new("Late delivery", "high")
    examination = examine(desk.path)
    assert examination.sound
    assert [check.name for check in examination.checks] == ["file", "references", "schema", "search"]


def test_broken_references_are_named(desk: Desk) -> None:
    desk.tickets.new("Late delivery", "high")
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute("UPDATE ticket SET owner_id = 99")
        connection.commit()
    found = {check.name: check.findings for check in examine(desk.path).checks}
    assert found["references"] == ("ticket 1 → user",)


@pytest.mark.parametrize(
    ("damage", "differences"),
    [
        ("UPDATE search SET notes = 'x'", 2),
        ("DELETE FROM search WHERE rowid = 1", 1),
        ("INSERT INTO search (rowid, body) VALUES (99, 'gone')", 1),
        ("INSERT INTO contact_search (rowid, name) VALUES (99, 'gone')", 1),
    ],
)
def test_search_indexes_out_of_step_are_counted_and_mended(desk: Desk, damage: str, differences: int) -> None:
    for title in ("Late delivery", "Broken screen"):
        desk.tickets.new(title, "high", note="Called back")
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute(damage)
        connection.commit()
    assert examine(desk.path).search_differences == differences
    desk.maintenance.mend_search()
    assert examine(desk.path).search_differences == 0
    assert desk.tickets.numbers("called delivery") == [1]
    desk.tickets.add_note(2, "Voucher sent")
    assert desk.tickets.numbers("voucher") == [2]


def test_mending_is_the_administrators(ben: Desk) -> None:
    with pytest.raises(NotPermitted):
        ben.maintenance.mend_search()


def test_what_is_no_desk_cannot_be_examined(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        examine(tmp_path / "missing.desk")
