"""A backup in the desk's place: only a good one, what was there is kept, and at any moment one of the two is there."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.doctor import examine
from casedesk.desk.restoring import compare, rehearse, restore
from casedesk.domain.errors import InvalidInput, NotFound, NotPermitted, StoreUnavailable
from casedesk.store.connection import SCHEMA
from casedesk.store.faults import ReadingCancelled
from tests.conftest import Clock

STEPS = ("copying the backup", "checking it", "keeping what is there", "checking what is kept", "putting it in place")

KILLED = """
import os, signal, sys
from casedesk.desk.restoring import restore
path, backup, step, share = sys.argv[1:]
def die(what, done, total):
    if what == step and (done >= float(share) * total if total else share == "0"):
        os.kill(os.getpid(), signal.SIGKILL)
    return True
restore(path, backup, user="ana", progress=die)
print("restored")
"""

HOLDING = """
import sys
from casedesk.desk import Desk
with Desk.open(sys.argv[1], user="ana") as desk:
    desk.tickets.numbers("")
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def backup(desk: Desk, clock: Clock, tmp_path: Path) -> Path:
    """A backup with one ticket, of a desk that has two since and is closed now."""
    (tmp_path / "backups").mkdir()
    desk.tickets.new("Late delivery", "high", note="Called back")
    made = desk.backup(tmp_path / "backups" / "copy.desk")
    clock.tick()
    desk.tickets.new("Broken screen", "low")
    desk.close()
    return Path(made.path)


def titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT title FROM ticket ORDER BY id")]


def beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if each.is_file())


def test_a_restore_puts_the_backup_in_place_and_keeps_what_was_there(desk: Desk, backup: Path, clock: Clock) -> None:
    done = restore(desk.path, backup, user="ana", clock=clock)
    assert (done.path, done.contents.tickets) == (str(desk.path), 1)
    assert titles(desk.path) == ["Late delivery"]
    assert done.kept is not None
    assert titles(Path(done.kept)) == ["Late delivery", "Broken screen"]
    assert Path(done.kept).name == "small-before-restore-2026-01-31-130200.desk"
    assert beside(desk.path) == sorted([desk.path.name, Path(done.kept).name])
    assert examine(desk.path, now=int(clock())).sound
    assert Path(done.kept).stat().st_mode & 0o777 == 0o600


def test_the_restored_desk_tells_of_it_and_works(desk: Desk, backup: Path, clock: Clock) -> None:
    restore(desk.path, backup, user="ana", clock=clock)
    with Desk.open(desk.path, user="ana", clock=clock) as restored:
        act = restored.acts.journal(1)[0]
        assert (act.name, act.actor) == ("restore", "ana")
        assert "copy.desk" in act.summary
        assert restored.acts.undo().summary.startswith("undo: new ticket")
        assert restored.tickets.new("After it", "low").done == (2,)


def test_where_there_is_no_desk_a_restore_makes_it(desk: Desk, backup: Path, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "new.desk"
    path.parent.mkdir()
    assert compare(path, backup, user="nobody-yet").present is None
    done = restore(path, backup, user="nobody-yet", clock=clock)
    assert (done.kept, titles(path), beside(path)) == (None, ["Late delivery"], ["new.desk"])
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_log_that_an_older_desk_left_is_not_taken_for_the_new_ones(
    desk: Desk, backup: Path, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "elsewhere" / "new.desk"
    path.parent.mkdir()
    path.with_name("new.desk-wal").write_bytes(b"old log")
    restore(path, backup, user="ana", clock=clock)
    assert titles(path) == ["Late delivery"]
    assert path.with_name("new.desk-wal.left-over").read_bytes() == b"old log"


def test_a_comparison_tells_both_and_changes_nothing(desk: Desk, backup: Path) -> None:
    before = desk.path.read_bytes()
    found = rehearse(desk.path, backup, user="ana")
    assert found.present is not None
    assert (found.backup.tickets, found.present.tickets) == (1, 2)
    assert (found.backup.last_act, found.present.last_act) == ("new ticket #1", "new ticket #2")
    assert (str(found.backup.last_at), str(found.present.last_at)) == (
        "2026-01-31 12:01:00+00:00",
        "2026-01-31 12:02:00+00:00",
    )
    assert (desk.path.read_bytes(), beside(desk.path), beside(backup)) == (before, ["small.desk"], ["copy.desk"])


@pytest.fixture(params=["missing", "empty", "text", "foreign", "truncated", "damaged", "newer", "folder"])
def bad(request: pytest.FixtureRequest, backup: Path) -> Path:
    """Files that are no good backup."""
    path = backup.with_name(f"{request.param}.desk")
    whole = backup.read_bytes()
    contents = {"empty": b"", "text": b"hello " * 2000, "truncated": whole[: len(whole) // 2], "newer": whole}
    if request.param == "foreign":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE ticket (id)")
    elif request.param == "damaged":
        path.write_bytes(whole[: 20 * 4096] + b"\xff" * 8 * 4096 + whole[28 * 4096 :])
    elif request.param == "folder":
        path.mkdir()
    elif request.param != "missing":
        path.write_bytes(contents[request.param])
    if request.param == "newer":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    return path


def test_what_is_no_good_backup_is_refused_and_nothing_is_touched(desk: Desk, bad: Path, clock: Clock) -> None:
    before, around = desk.path.read_bytes(), beside(desk.path)
    refused = StoreUnavailable if bad.exists() else NotFound
    for attempt in (rehearse, restore):
        with pytest.raises(refused):
            attempt(desk.path, bad, user="ana")
    assert (desk.path.read_bytes(), beside(desk.path)) == (before, around)
    with pytest.raises(refused):
        restore(desk.path.with_name("new.desk"), bad, user="ana", clock=clock)
    assert beside(desk.path) == around


def test_the_desk_is_no_backup_of_itself(desk: Desk, backup: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.desk"
    link.symlink_to(desk.path)
    for same in (desk.path, link):
        with pytest.raises(InvalidInput, match="itself"):
            restore(desk.path, same, user="ana")


def test_what_is_no_desk_is_not_replaced(desk: Desk, backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("mine " * 500, encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="not a casedesk desk"):
        restore(other, backup, user="ana")
    assert other.read_text(encoding="utf-8") == "mine " * 500
    with pytest.raises(InvalidInput):
        restore(tmp_path / "no such folder" / "new.desk", backup, user="ana")


def test_only_who_may_change_the_set_up_restores(desk: Desk, backup: Path) -> None:
    before = desk.path.read_bytes()
    for login in ("ben", "stranger"):
        with pytest.raises(NotPermitted):
            restore(desk.path, backup, user=login)
    with pytest.raises(NotPermitted):
        restore(desk.path, backup, user="ana", acting_as="ben")
    assert desk.path.read_bytes() == before


def test_a_desk_that_is_open_elsewhere_is_not_restored(desk: Desk, backup: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(desk.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    with pytest.raises(StoreUnavailable, match="open in another program"):
        restore(desk.path, backup, user="ana")
    other.communicate("\n")
    assert titles(desk.path) == ["Late delivery", "Broken screen"]
    assert beside(desk.path) == ["small.desk"]


def test_a_desk_that_is_open_here_is_not_restored(desk: Desk, backup: Path) -> None:
    with Desk.open(desk.path, user="ana") as again:
        again.tickets.numbers("")
        with pytest.raises(StoreUnavailable, match="open in another program"):
            restore(desk.path, backup, user="ana")


def killed(path: Path, backup: Path, step: str, share: float) -> None:
    """Restore in a process of its own, and kill it when so much of a step is done."""
    arguments = [sys.executable, "-c", KILLED, str(path), str(backup), step, str(share)]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (-signal.SIGKILL, "")


@pytest.mark.parametrize(
    ("step", "share", "there"),
    [
        *((step, 0, ["Late delivery", "Broken screen"]) for step in STEPS),
        ("putting it in place", 0.4, ["Late delivery", "Broken screen"]),
        ("putting it in place", 1, ["Late delivery"]),
    ],
)
def test_killed_at_any_moment_a_restore_leaves_the_one_or_the_other(
    desk: Desk, backup: Path, step: str, share: float, there: list[str]
) -> None:
    with closing(sqlite3.connect(backup)) as connection:  # so large that it is copied in several steps
        connection.execute("INSERT INTO draft VALUES (1, 1, 1, 'note', ?, 1)", ("x" * 30_000_000,))
        connection.commit()
    killed(desk.path, backup, step, share)
    assert titles(desk.path) == there
    with closing(sqlite3.connect(desk.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert restore(desk.path, backup, user="ana").contents.tickets == 1


@pytest.mark.parametrize("step", STEPS)
def test_stopped_at_any_step_a_restore_leaves_all_as_it_was(desk: Desk, backup: Path, clock: Clock, step: str) -> None:
    with pytest.raises(ReadingCancelled):
        restore(desk.path, backup, user="ana", clock=clock, progress=lambda what, *_: what != step)
    assert titles(desk.path) == ["Late delivery", "Broken screen"]
    kept = [name for name in beside(desk.path) if name != "small.desk"]
    assert kept == (["small-before-restore-2026-01-31-130200.desk"] if step == STEPS[-1] else [])


def test_a_place_that_cannot_be_taken_leaves_all_as_it_was(
    desk: Desk, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", fail)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(StoreUnavailable, match="No space"):
        restore(desk.path, backup, user="ana")
    with pytest.raises(StoreUnavailable, match="No space"):
        restore(tmp_path / "new.desk", backup, user="ana")
    assert titles(desk.path) == ["Late delivery", "Broken screen"]
    assert beside(desk.path) == ["small.desk"]


def test_a_backup_of_an_older_schema_is_brought_up_to_date(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    from casedesk.store import statements

    old = tmp_path / "old.desk"
    first = Path(statements.__file__).parent / "migrations" / "versions" / "0001_first_desk.sql"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for pragma in ("application_id = 0x43444553", "user_version = 1"):
            connection.execute(f"PRAGMA {pragma}")
        for statement in first.read_text(encoding="utf-8").split("\n--\n"):
            connection.execute(statement)
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()
    before = old.read_bytes()
    desk.close()
    done = restore(desk.path, old, user="ana", clock=clock)
    assert done.contents.schema == SCHEMA
    assert old.read_bytes() == before
    assert [name for name in beside(desk.path) if "partial" in name] == []


def test_a_damaged_desk_is_kept_and_replaced(desk: Desk, backup: Path, clock: Clock) -> None:
    with desk.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (desk.path.stat().st_size - 2 * 4096))
    found = compare(desk.path, backup, user="ana")
    assert found.present is None
    assert "damaged" in found.fault
    done = restore(desk.path, backup, user="ana", clock=clock)
    assert titles(desk.path) == ["Late delivery"]
    assert done.kept is not None
    assert Path(done.kept).stat().st_size > 0
    assert examine(desk.path, now=int(clock())).sound
