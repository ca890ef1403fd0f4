"""`casedesk backup` and `doctor`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from casedesk.desk import Desk
from tests.cli.conftest import Run


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


def test_a_sound_desk_is_said_to_be_sound(desk: Desk, ticket: int, run: Run) -> None:
    document = run("doctor", "--json").document
    assert (document["sound"], document["search_differences"]) == (True, 0)
    assert [check["name"] for check in document["checks"]] == ["file", "references", "schema", "search"]


def test_a_search_index_out_of_step_is_found_and_mended(desk: Desk, ticket: int, desk_path: Path, run: Run) -> None:
    with closing(sqlite3.connect(desk_path)) as connection:
        connection.execute("UPDATE search SET body = 'something else'")
        connection.commit()
    found = run("doctor")
    assert found.status == 1
    assert "1 record" in found.err
    assert run("doctor", "--mend").status == 0
    assert run("doctor").status == 0
    assert desk.tickets.numbers("delivery") == [ticket]


def test_a_damaged_desk_is_unavailable(desk: Desk, desk_path: Path, run: Run) -> None:
    desk.close()
    with desk_path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 8 * 4096)
    ran = run("doctor")
    assert ran.status == 5
    assert "damaged" in ran.err
    assert "Traceback" not in ran.err
