"""While case management is off, nothing opens tickets, and what doesn't says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from tests.desk.rules.answers import write


@pytest.fixture
def without_cases(desk: Desk) -> Desk:
    desk.tickets.new("Parcel", "low")
    desk.setup.set_setting("case_management", "off")
    return desk


def test_no_rule_opens_a_ticket_and_the_import_says_how_many_would_have(without_cases: Desk, tmp_path: Path) -> None:
    summary = without_cases.imports.run(write(tmp_path / "winter.csv"))
    assert (summary.imported, summary.tickets_opened) == (5, 0)
    assert summary.notes["case management"] == (
        "Case management is off, so no tickets were opened; rules would have opened 3."
    )
    assert without_cases.tickets.numbers("") == [1]
    assert without_cases.rules.log() == ()


def test_nobody_opens_one_by_hand(without_cases: Desk) -> None:
    with pytest.raises(InvalidInput, match="Case management is off, so no ticket can be opened"):
        without_cases.tickets.new("Another", "low")


def test_a_file_of_tickets_is_refused(without_cases: Desk, tmp_path: Path) -> None:
    table = tmp_path / "old.csv"
    table.write_text("ticket_id,subject,status\nZ1,No light,open\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="a file of tickets can't be imported"):
        without_cases.imports.run(table, kind="tickets")


def test_a_late_message_stays_on_the_closed_ticket(without_cases: Desk) -> None:
    without_cases.tickets.close(1, "Resolved")
    outcome = without_cases.tickets.log_message(1, "Again!", direction="in")
    assert outcome.done == (1,)
    assert "case management is off" in outcome.notes[0]
    assert [message.body for message in without_cases.tickets.show(1).messages] == ["Again!"]


def test_tickets_that_are_there_are_worked_on_and_rules_run_on_them(without_cases: Desk) -> None:
    without_cases.rules.add("Seen", "-tag:x", [{"tag": "seen"}], trigger="status changed")
    without_cases.tickets.set_status(1, "pending")
    assert without_cases.tickets.lines([1])[0].tags == ("seen",)
