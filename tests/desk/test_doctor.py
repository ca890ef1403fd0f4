"""Looking a desk over: each thing that can go wrong is found by the check that is for it, and nothing is changed."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.doctor import examine
from casedesk.desk.doctor.registry import all_checks
from casedesk.domain.errors import StoreUnavailable
from casedesk.settings.preferences import Preferences
from casedesk.store.faults import ReadingCancelled
from tests.conftest import Clock
from tests.desk.broken_desk import CHILD, CLOSED, MERGED, OPEN, TARGET, break_by, found, furnish, held

UNMENDABLE = [
    ("administrators", "UPDATE user SET active = 0 WHERE login = 'ana'", "add and change users"),
    ("rules", "UPDATE rule SET condition = 'nps<='", "Detractors"),
    ("calendars", "UPDATE calendar SET hours = 'mon 09:00-17:00; mon 12:00-18:00'", "overlaps"),
    ("calendars", "UPDATE calendar SET zone = 'Mars/Base'", "Mars/Base"),
    ("calendars", "UPDATE calendar_date SET date = 'someday'", "someday"),
    ("policies", "UPDATE policy SET is_default = 0", "no default policy"),
    ("policies", "UPDATE policy SET query = 'is:overdue' WHERE name = 'Urgent'", "Urgent"),
    ("policies", "UPDATE calendar SET retired = 1", "retired calendar"),
    ("policies", "UPDATE policy_target SET seconds = 0", "target that can't be"),
    ("views", "UPDATE view SET query = 'frobnicate:3'", "frobnicate"),
    ("views", """UPDATE view SET columns = '[{"column": "answer.gone", "width": 0}]'""", "answer.gone"),
    ("dashboards", "DELETE FROM view", "view that is gone (“Low ones”)"),
    ("dashboards", "UPDATE dashboard SET period = 'someday'", "someday"),
    ("dashboards", "UPDATE dashboard_widget SET kind = 'pie'", "pie"),
    ("macros", """UPDATE macro SET steps = '[{"priority": "purple"}]'""", "purple"),
    ("macros", "UPDATE macro SET steps = 'nothing'", "can't be looked at"),
    ("states", f"UPDATE ticket SET state = 'limbo' WHERE id = {OPEN}", f"#{OPEN} is in a state"),
    ("plans", f"UPDATE ticket SET plan_closed_at = 5 WHERE id = {OPEN}", f"#{OPEN} has no plan"),
    ("plans", f"UPDATE ticket SET plan_id = 99, exit_state_id = 1 WHERE id = {OPEN}", f"#{OPEN} ended"),
    ("parents", f"UPDATE ticket SET parent_id = {CHILD} WHERE id = {TARGET}", "2 tickets are parts of themselves"),
    ("merges", f"UPDATE ticket SET merged_into_id = {MERGED} WHERE id = {TARGET}", "in a circle"),
    ("merges", f"UPDATE ticket SET merged_into_id = {TARGET} WHERE id = {OPEN}", f"#{OPEN} is merged and isn't"),
    ("references", f"UPDATE ticket SET plan_id = 99 WHERE id = {OPEN}", "ticket → plan"),
    ("schema", "DROP TABLE draft", "table draft"),
    (
        "imports",
        """INSERT INTO import_run (kind, file_name, source, mapping, user_id, started_at, summary)
           VALUES ('responses', 'answers.csv', 'x', 'x', 1, 1, '{}')""",
        "answers.csv was interrupted",
    ),
]


@pytest.fixture
def furnished(desk: Desk, clock: Clock) -> Desk:
    return furnish(desk, clock)


def test_a_furnished_desk_is_sound(furnished: Desk, clock: Clock) -> None:
    examination = examine(furnished.path, now=int(clock()))
    assert [check for check in examination.checks if check.findings] == []
    assert examination.sound


def test_every_check_has_a_name_of_its_own_and_words(desk: Desk, clock: Clock) -> None:
    checks = all_checks()
    assert len({check.name for check in checks}) == len(checks)
    assert all(check.meaning and check.sound for check in checks)


@pytest.mark.parametrize(("name", "damage", "words"), UNMENDABLE)
def test_what_only_people_can_set_right_is_said(
    furnished: Desk, clock: Clock, name: str, damage: str, words: str
) -> None:
    break_by(furnished, damage)
    before = held(furnished.path)
    check = found(examine(furnished.path, now=int(clock())), name)
    assert words in " ".join(finding.sentence for finding in check.findings)
    assert not any(finding.mendable for finding in check.findings)
    assert held(furnished.path) == before


def test_findings_name_the_first_few_records_and_count_all(desk: Desk, clock: Clock) -> None:
    for number in range(25):
        desk.tickets.new(f"Parcel {number}", "low")
    break_by(desk, "UPDATE ticket SET wake_at = 5")
    (finding,) = found(examine(desk.path, now=int(clock())), "wake-ups").findings
    assert (finding.count, finding.records) == (25, tuple(range(1, 21)))


def test_an_import_that_was_run_again_is_no_fault(desk: Desk, clock: Clock) -> None:
    row = "INSERT INTO import_run (kind, file_name, source, mapping, user_id, started_at, summary, finished_at) "
    break_by(
        desk,
        f"{row} VALUES ('responses', 'a.csv', 'x', 'x', 1, 1, '{{}}', NULL)",
        f"{row} VALUES ('responses', 'a.csv', 'x', 'x', 1, 2, '{{}}', 3)",
    )
    assert found(examine(desk.path, now=int(clock())), "imports").findings == ()


def test_an_examination_leaves_no_trace_in_the_file_or_beside_it(furnished: Desk, clock: Clock) -> None:
    furnished.close()
    before, beside = furnished.path.read_bytes(), sorted(furnished.path.parent.iterdir())
    examine(furnished.path, now=int(clock()))
    assert furnished.path.read_bytes() == before
    assert sorted(furnished.path.parent.iterdir()) == beside


def test_a_desk_in_use_is_looked_over(furnished: Desk, clock: Clock) -> None:
    with furnished.store.write():  # somebody is in the middle of a change
        assert examine(furnished.path, now=int(clock())).sound


def test_a_damaged_desk_is_described(furnished: Desk, clock: Clock) -> None:
    furnished.close()
    with furnished.path.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xff" * 8 * 4096)
    examination = examine(furnished.path, now=int(clock()))
    assert examination.damaged
    assert "restore" in found(examination, "file").findings[0].way_out


def test_an_older_desk_is_told_to_be_older(desk: Desk, clock: Clock) -> None:
    break_by(desk, "PRAGMA user_version = 1")
    examination = examine(desk.path, now=int(clock()))
    assert (examination.schema, examination.sound) == (1, False)
    assert "when the desk is next opened" in found(examination, "schema").findings[0].way_out
    assert found(examination, "states").findings == ()


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_what_is_no_desk_cannot_be_looked_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.desk"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable):
        examine(path, now=0)
    with pytest.raises(StoreUnavailable):
        examine(tmp_path / "missing.desk", now=0)
    assert path.read_bytes() == content


def test_a_newer_desk_cannot_be_looked_over(desk: Desk) -> None:
    break_by(desk, "PRAGMA user_version = 999")
    with pytest.raises(StoreUnavailable, match="newer"):
        examine(desk.path, now=0)


def test_an_examination_can_be_stopped(furnished: Desk, clock: Clock) -> None:
    with pytest.raises(ReadingCancelled):
        examine(furnished.path, now=int(clock()), progress=lambda what, *_: what != "timers")


def test_progress_is_told_check_by_check(desk: Desk, clock: Clock) -> None:
    told: list[str] = []
    examine(desk.path, now=int(clock()), progress=lambda what, *_: told.append(what) is None)
    assert list(dict.fromkeys(told)) == [check.name for check in all_checks()]


def test_mistakes_in_the_users_configuration_are_told(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("dark = maybe", encoding="utf-8")
    preferences = Preferences(problems=("config.toml, line 1: no.",), themes_folder=tmp_path)
    sentences = [
        finding.sentence
        for finding in found(examine(desk.path, now=int(clock()), preferences=preferences), "configuration").findings
    ]
    assert sentences[0] == "config.toml, line 1: no."
    assert any("mine.toml" in sentence for sentence in sentences)


def test_policies_still_to_be_applied_are_told(furnished: Desk, clock: Clock) -> None:
    break_by(furnished, f"INSERT INTO setting VALUES ('service_levels_pending', '{json.dumps({'after': 0})}')")
    examination = examine(furnished.path, now=int(clock()))
    assert examination.mendable == ("pending work",)


def test_a_partial_file_is_left_alone_while_somebody_writes_it(desk: Desk, clock: Clock) -> None:
    partial = desk.path.with_name(f".{desk.path.stem}-copy.desk.x.partial")
    partial.touch()
    os.utime(partial, (clock(), clock()))
    assert found(examine(desk.path, now=int(clock()) + 60), "left-overs").findings == ()
    assert found(examine(desk.path, now=int(clock()) + 7200), "left-overs").findings != ()


def test_the_journal_mode_is_looked_at(desk: Desk, clock: Clock) -> None:
    desk.close()
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    assert "delete" in found(examine(desk.path, now=int(clock())), "log").findings[0].sentence


def test_a_closed_ticket_is_not_timed_again(furnished: Desk, clock: Clock) -> None:
    """What was judged by an older policy stays (behaviour 3.6)."""
    furnished.policies.change("Standard", targets=[("resolution", None, 3600), ("next reply", None, 600)])
    furnished.service_levels.recompute()
    assert furnished.tickets.show(CLOSED).line.state == "closed"
    assert examine(furnished.path, now=int(clock())).sound
