"""`casedesk backup`, `restore` and `doctor`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run


@pytest.fixture
def copy(desk: Desk, ticket: int, tmp_path: Path) -> Path:
    """A backup with one ticket; the desk has two since and is closed."""
    (tmp_path / "backups").mkdir()
    made = desk.backup(tmp_path / "backups" / "copy.desk")
    desk.tickets.new("Broken screen", "low")
    desk.close()
    return Path(made.path)


def break_by(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_backup_is_a_whole_desk(desk: Desk, ticket: int, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.desk"
    made = run("backup", str(copy), "--json").document
    assert made == {"file": str(copy), "bytes": copy.stat().st_size, "tickets": 1}
    assert run("--desk", str(copy), "tickets", "show", str(ticket), "--json").document["title"] == "Late delivery"


def test_a_backup_replaces_a_file_only_when_told(desk: Desk, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.desk"
    copy.write_text("mine", encoding="utf-8")
    assert run("backup", str(copy)).status == 2
    assert copy.read_text(encoding="utf-8") == "mine"
    assert run("backup", str(copy), "--replace").status == 0
    assert run("--desk", str(copy), "doctor").status == 0


def test_a_backup_never_overwrites_the_desk_itself(desk: Desk, desk_path: Path, run: Run) -> None:
    assert run("backup", str(desk_path), "--replace").status == 2
    assert run("doctor").status == 0


def test_a_restore_asks_and_a_no_changes_nothing(copy: Path, desk_path: Path, run: Run) -> None:
    before = desk_path.read_bytes()
    asked = run("restore", str(copy), answers="n\n")
    assert (asked.status, desk_path.read_bytes()) == (0, before)
    assert "Nothing was changed." in asked.err
    assert run("restore", str(copy)).status == 2
    assert desk_path.read_bytes() == before


def test_a_restore_puts_the_backup_in_place(copy: Path, desk_path: Path, run: Run) -> None:
    done = run("restore", str(copy), answers="yes\n")
    assert done.status == 0
    assert "there now" in done.out
    assert "is restored, with 1 ticket. What was there is kept in" in done.out
    assert run("tickets", "list", "--json").document[0]["title"] == "Late delivery"
    assert "desk restored from copy.desk" in run("journal").out


def test_a_restore_as_json_names_the_copy_of_what_was_there(copy: Path, run: Run) -> None:
    document = run("restore", str(copy), "--yes", "--json").document
    assert document["restored"]["tickets"] == 1
    assert len(run("--desk", document["kept"], "tickets", "list", "--json").document) == 2


def test_a_dry_run_shows_both_and_changes_nothing(copy: Path, desk_path: Path, run: Run) -> None:
    before = desk_path.read_bytes()
    document = run("restore", str(copy), "--dry-run", "--json").document
    assert (document["backup"]["tickets"], document["present"]["tickets"], document["dry_run"]) == (1, 2, True)
    assert "new ticket #2" in run("restore", str(copy), "--dry-run").out
    assert desk_path.read_bytes() == before


def test_a_restore_makes_a_desk_where_there_is_none(copy: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "new.desk"
    assert run("--desk", str(path), "restore", str(copy)).status == 0
    assert run("--desk", str(path), "doctor").status == 0


def test_a_restore_is_refused_with_one_sentence(copy: Path, desk_path: Path, run: Run, tmp_path: Path) -> None:
    before = desk_path.read_bytes()
    text = tmp_path / "notes.txt"
    text.write_text("mine", encoding="utf-8")
    for arguments, status in (
        (("restore", str(text), "--yes"), 5),
        (("restore", str(tmp_path / "missing"), "--yes"), 1),
        (("restore", str(desk_path), "--yes"), 2),
        (("--as", "ben", "restore", str(copy), "--yes"), 3),
    ):
        ran = run(*arguments)
        assert (ran.status, ran.err.count("\n")) == (status, 1)
    assert desk_path.read_bytes() == before


def test_a_sound_desk_is_said_to_be_sound(desk: Desk, ticket: int, run: Run) -> None:
    document = run("doctor", "--json").document
    assert document["sound"] is True
    assert document["checks"][0] == {
        "name": "file",
        "meaning": "every page of the file, and every index",
        "result": "sound",
        "findings": [],
    }


def test_a_search_index_out_of_step_is_found_and_mended(desk: Desk, ticket: int, desk_path: Path, run: Run) -> None:
    break_by(desk_path, "UPDATE search SET body = 'something else'")
    found = run("doctor")
    assert found.status == 1
    assert "1 record. --mend mends it." in found.err
    mended = run("doctor", "--mend")
    assert mended.status == 0
    assert "mended  search: the indexes are made anew" in mended.out
    assert run("doctor").status == 0
    assert desk.tickets.numbers("delivery") == [ticket]


def test_mending_as_json_tells_what_was_done_and_where_the_copy_is(desk: Desk, desk_path: Path, run: Run) -> None:
    break_by(desk_path, "DROP INDEX ix_ticket_due")
    document = run("doctor", "--mend", "--json").document
    assert document["sound"] is True
    assert document["mended"] == ["schema: ix_ticket_due made again"]
    assert Path(document["backup"]).is_file()
    assert run("doctor", "--mend", "--json").document["mended"] == []


def test_only_goes_with_mend_and_names_a_check(desk: Desk, desk_path: Path, run: Run) -> None:
    break_by(desk_path, "DROP INDEX ix_ticket_due")
    assert run("doctor", "--only", "schema").status == 2
    assert run("doctor", "--mend", "--only", "skema").status == 2
    assert run("doctor", "--mend", "--only", "search").status == 1
    assert run("doctor", "--mend", "--only", "schema").status == 0


def test_what_cannot_be_mended_says_the_way_out(desk: Desk, desk_path: Path, run: Run) -> None:
    break_by(desk_path, "UPDATE rule SET condition = 'nps<='")
    ran = run("doctor", "--mend")
    assert ran.status == 1
    assert "Change the rule, or switch it off" in ran.err


def test_mending_is_the_administrators(desk: Desk, desk_path: Path, run: Run) -> None:
    assert run("--as", "ben", "doctor", "--mend").status == 3


def test_a_mistake_in_the_configuration_is_found(desk: Desk, run: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("densty = 'compact'", encoding="utf-8")
    assert "configuration: " in run("--config", str(config), "doctor").err


def test_a_damaged_desk_is_unavailable(desk: Desk, desk_path: Path, run: Run) -> None:
    desk.close()
    with desk_path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 8 * 4096)
    ran = run("doctor")
    assert ran.status == 5
    assert "damaged" in ran.err
    assert "Traceback" not in ran.err
