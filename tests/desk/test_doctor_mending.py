"""Mending: what is found is set right, the rest is as it was, there is a copy from before, and the activity tells."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.doctor import examine
from casedesk.desk.values import Mended
from casedesk.domain.errors import InvalidInput, NotPermitted, StoreUnavailable
from tests.conftest import Clock
from tests.desk.broken_desk import CHILD, CLOSED, MERGED, OPEN, TARGET, break_by, found, furnish, held

RESTORABLE = [
    ("search", f"UPDATE search SET notes = 'x' WHERE rowid = {OPEN}"),
    ("search", f"DELETE FROM search WHERE rowid = {OPEN}"),
    ("search", "INSERT INTO search (rowid, body) VALUES (99, 'gone')"),
    ("search", "INSERT INTO contact_search (rowid, name) VALUES (99, 'gone')"),
    ("schema", "DROP TRIGGER search_note_insert"),
    ("schema", "DROP INDEX ix_ticket_due"),
    ("settings", """INSERT INTO setting VALUES ('colour', '"red"')"""),
    ("settings", "INSERT INTO setting VALUES ('reopen_window_days', 'nonsense')"),
    ("settings", "INSERT INTO setting VALUES ('reopen_window_days', '-3')"),
    ("roles", "UPDATE role SET rights = json_insert(rights, '$[#]', 'fly') WHERE name = 'agent'"),
    ("roles", "UPDATE role SET rights = json_insert(rights, '$[#]', 'configure') WHERE name = 'administrator'"),
    ("positions", "UPDATE topic SET position = 1 WHERE position = 0"),
    ("positions", "UPDATE plan_action SET position = 1 WHERE position = 0"),
    ("states", f"UPDATE ticket SET status_id = (SELECT id FROM status WHERE state = 'closed') WHERE id = {OPEN}"),
    ("closed", f"UPDATE ticket SET closed_at = NULL WHERE id = {CLOSED}"),
    ("closed", f"UPDATE ticket SET closed_at = 5 WHERE id = {OPEN}"),
    ("wake-ups", f"UPDATE ticket SET wake_at = 9999999999 WHERE id = {OPEN}"),
    ("numbers", "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'ticket'"),
    ("numbers", "DELETE FROM sqlite_sequence WHERE name = 'ticket'"),
    ("timers", f"UPDATE ticket_timer SET due_at = due_at + 60 WHERE ticket_id = {OPEN}"),
    ("timers", f"DELETE FROM ticket_timer WHERE ticket_id = {OPEN}"),
    ("timers", f"UPDATE ticket SET due_at = 1 WHERE id = {OPEN}"),
    ("timers", f"UPDATE ticket SET due_at = 1 WHERE id = {CLOSED}"),
    ("timers", f"UPDATE ticket SET breached = 1 WHERE id = {CLOSED}"),
    ("timers", f"UPDATE ticket_timer SET met_at = NULL WHERE ticket_id = {CLOSED}"),
    ("closings", f"DELETE FROM ticket_closing WHERE ticket_id = {CLOSED}"),
    ("closings", f"UPDATE ticket_closing SET closed_at = closed_at + 1, reopened_at = 5 WHERE ticket_id = {CLOSED}"),
    ("closings", f"INSERT INTO ticket_closing (closed_at, ticket_id, merged) VALUES (5, {CLOSED}, 0)"),
    ("closings", f"UPDATE ticket_closing SET owner_id = 99 WHERE ticket_id = {CLOSED}"),
    ("references", "INSERT INTO ticket_tag (ticket_id, tag_id) VALUES (99, 1)"),
    ("references", "INSERT INTO team_member (team_id, user_id) VALUES (99, 1)"),
    ("references", f"UPDATE ticket SET owner_id = 99 WHERE id = {OPEN}"),
]
"""Damage that leaves enough to know how it was."""


@pytest.fixture
def furnished(desk: Desk, clock: Clock) -> Desk:
    return furnish(desk, clock)


def mended(desk: Desk) -> Mended:
    return desk.maintenance.mend()


@pytest.mark.parametrize(("name", "damage"), RESTORABLE)
def test_what_is_mended_is_as_it_was_and_nothing_else_is_touched(
    furnished: Desk, clock: Clock, name: str, damage: str
) -> None:
    before = held(furnished.path)
    break_by(furnished, damage)
    broken = examine(furnished.path, now=int(clock()))
    assert name in broken.mendable
    done = mended(furnished)
    assert [check for check in done.examination.checks if check.findings] == []
    assert held(furnished.path) == before
    assert any(sentence.startswith(f"{name}: ") for sentence in done.done)


def test_a_zone_that_there_is_not_gives_way_to_the_default(furnished: Desk, clock: Clock) -> None:
    break_by(furnished, """UPDATE setting SET value = '"Nowhere/Land"' WHERE key = 'zone'""")
    assert "Nowhere/Land" in found(examine(furnished.path, now=int(clock())), "settings").findings[0].sentence
    assert mended(furnished).examination.sound
    assert furnished.zone.key == "UTC"


def test_merges_lead_to_the_end_of_their_chain(furnished: Desk) -> None:
    break_by(
        furnished,
        f"UPDATE ticket SET merged_into_id = {CHILD}, parent_id = NULL, state = 'closed', closed_at = 5, "
        f"status_id = (SELECT id FROM status WHERE state = 'closed') WHERE id = {TARGET}",
    )
    mended(furnished)
    assert furnished.store.reader().value("SELECT merged_into_id FROM ticket WHERE id = ?", (MERGED,)) == CHILD


def test_timers_that_wait_for_a_sweep_are_worked_out(furnished: Desk) -> None:
    break_by(furnished, """INSERT INTO setting VALUES ('service_levels_pending', '{"after": 0}')""")
    assert mended(furnished).examination.sound
    assert not furnished.service_levels.pending


def test_the_file_is_closed_to_others_and_left_overs_are_removed(furnished: Desk, clock: Clock) -> None:
    partial = furnished.path.with_name(f".{furnished.path.stem}-copy.desk.x.partial")
    for left in (partial, partial.with_name(f"{partial.name}-wal")):
        left.touch()
        os.utime(left, (clock() - 7200, clock() - 7200))
    furnished.path.chmod(0o644)
    assert set(examine(furnished.path, now=int(clock())).mendable) == {"permissions", "left-overs"}
    assert mended(furnished).examination.sound
    assert furnished.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in furnished.path.parent.iterdir() if "partial" in path.name] == []


def test_a_copy_from_before_lies_beside_the_desk(furnished: Desk) -> None:
    break_by(furnished, f"UPDATE ticket SET wake_at = 5 WHERE id = {OPEN}")
    before = held(furnished.path)
    done = mended(furnished)
    assert done.backup is not None
    assert Path(done.backup).parent == furnished.path.parent
    assert held(Path(done.backup)) == before


def test_nothing_happens_where_nothing_is_wrong(furnished: Desk) -> None:
    before, beside = held(furnished.path), sorted(furnished.path.parent.iterdir())
    done = mended(furnished)
    assert (done.done, done.backup) == ((), None)
    assert (held(furnished.path), sorted(furnished.path.parent.iterdir())) == (before, beside)


def test_what_touches_records_is_one_act_of_the_system(furnished: Desk) -> None:
    break_by(
        furnished, f"UPDATE ticket SET wake_at = 5 WHERE id IN ({OPEN}, {CLOSED})", "UPDATE topic SET position = 0"
    )
    mended(furnished)
    act = furnished.acts.journal(1)[0]
    assert (act.name, act.tickets) == ("mend", 2)
    assert "2 tickets no longer to wake up" in act.summary
    lines = furnished.store.reader().rows("SELECT DISTINCT record FROM activity WHERE act_id = ?", (act.id,))
    assert {row[0] for row in lines} == {"ticket", "topic"}
    with pytest.raises(InvalidInput):
        furnished.acts.undo(act.id)


def test_only_the_checks_that_are_named_are_mended(furnished: Desk, clock: Clock) -> None:
    break_by(furnished, f"UPDATE ticket SET wake_at = 5 WHERE id = {OPEN}", "DROP INDEX ix_ticket_due")
    furnished.maintenance.mend(["schema"])
    assert examine(furnished.path, now=int(clock())).mendable == ("wake-ups",)
    with pytest.raises(InvalidInput, match="wake-ups"):
        furnished.maintenance.mend(["wakeups"])


def test_what_only_people_can_set_right_stays_beside_what_is_mended(furnished: Desk) -> None:
    break_by(furnished, "UPDATE view SET query = 'frobnicate:3'", "UPDATE topic SET position = 0")
    examination = mended(furnished).examination
    assert [check.name for check in examination.checks if check.findings] == ["views"]


def test_mending_is_the_administrators(ben: Desk) -> None:
    with pytest.raises(NotPermitted):
        ben.maintenance.mend()


def test_a_damaged_file_is_not_mended(furnished: Desk) -> None:
    root = furnished.store.reader().value("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_ticket_created'")
    with closing(sqlite3.connect(furnished.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with furnished.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreUnavailable, match="damaged"):
        furnished.as_user("ana").maintenance.mend()
    assert [path for path in furnished.path.parent.iterdir() if "before-mending" in path.name] == []
