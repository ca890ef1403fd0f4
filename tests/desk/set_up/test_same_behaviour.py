"""Two desks, one set up by hand and one by its export, do the same with the same file (X14)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import Conflict
from tests.conftest import Clock
from tests.desk.set_up.full_desk import fill

_HEADER = ("id", "email", "name", "nps", "comment", "reason", "answered_at")
_ROWS = (
    ("r1", "rosa@example.com", "Rosa", "2", "A late delivery again", "return", "2026-01-20 10:00"),
    ("r2", "ken@example.com", "Ken", "9", "Quick", "return", "2026-01-21 10:00"),
    ("r3", "eve@example.com", "Eve", "1", "Broken", "return", "2026-01-22 10:00"),
    ("r4", "ann@example.com", "Ann", "5", "", "", "2026-01-23 10:00"),
)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([_HEADER, *_ROWS])
    return path


@pytest.fixture
def by_export(desk: Desk, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A second desk, set up by the first one's export once that has everything in it."""
    fill(desk)
    with Desk.create(tmp_path / "second.desk", user="ana", zone="UTC", clock=clock) as second:
        second.set_up.apply(desk.set_up.export())
        yield second


def _tickets(desk: Desk) -> list[dict[str, object]]:
    """All that can be seen of the tickets, but the versions and instants of the desks' own history."""
    desk.service_levels.recompute()
    found = []
    for number in desk.tickets.numbers("sort:number"):
        ticket = desk.tickets.show(number)
        plan = None if ticket.plan is None else (ticket.plan.name, ticket.plan.exit_states, len(ticket.plan.actions))
        timers = [
            (line.kind, line.policy, line.target, line.due_at, line.warn_at, line.state) for line in ticket.timers
        ]
        found.append(asdict(ticket.line) | {"plan": plan, "timers": timers, "opened_by": ticket.opened_by})
    return found


def test_the_same_responses_become_equal_tickets_with_tags_plans_and_timers(
    desk: Desk, by_export: Desk, answers: Path
) -> None:
    for each in (desk, by_export):
        each.imports.run(answers, campaign="Spring", source="Shop")
    tickets = _tickets(desk)
    assert [ticket["tags"] for ticket in tickets] == [("callback", "detractor"), ("detractor",), ("detractor",)]
    assert [ticket["topic"] for ticket in tickets] == ["Returns", "Returns", None]
    assert {ticket["plan"] for ticket in tickets} == {("Call back", ("Done", "Lost"), 3)}
    # The first is of the team that has a target for replies alone.
    assert [bool(ticket["timers"]) for ticket in tickets] == [False, True, True]
    assert _tickets(by_export) == tickets


def test_work_goes_on_alike_too(desk: Desk, by_export: Desk, answers: Path) -> None:
    for each in (desk, by_export):
        each.imports.run(answers, campaign="Spring", source="Shop")
        each.macros.run("Chase", [1, 2])
        each.tickets.add_action(1, "Ring", status="Reached", close_plan=True, exit_state="Done")
        each.tickets.close(2, resolution="All good", exit_state="Lost")
    assert _tickets(by_export) == _tickets(desk)


def test_what_tickets_came_to_use_keeps_an_import_from_being_taken_back(by_export: Desk, answers: Path) -> None:
    by_export.imports.run(answers, campaign="Spring", source="Shop")
    act = next(line.id for line in by_export.acts.journal() if line.name == "import set-up")
    before = by_export.set_up.export()
    with pytest.raises(Conflict, match="used by now"):
        by_export.acts.undo(act)
    assert by_export.set_up.export() == before
