"""What the tests of the interface share: no animations, and a desk with something to see."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from tests.conftest import NOON, Clock, make_small_desk
from tests.made_once import lay_instead
from tests.tui.parsed_once import parse_once

parse_once()

FULL_DESK_AT = NOON + 60 - 2 * 3600
"""The time at the full desk: three hours after the last that was done there."""

ANSWERS = (
    ("r1", "rosa@acme.example", "Rosa Marín", "North", "9", "Fast and friendly", "No", "2025-10-02 09:30"),
    ("r2", "ken@example.com", "佐藤 健", "South", "3", "配送が遅い、返金もまだ。", "Yes, please", "2026-01-21 10:00"),
    ("r3", "rosa@acme.example", "Rosa Marín", "North", "2", "I waited three weeks for a lamp\nand nobody answers.",
     "Yes, please", "2026-01-22 10:00"),
    ("r4", "eve@example.com", "Eve", "East", "0", "[bold]Cheap[/bold] \x1b[31mtrick\x1b[0m 👩‍👩‍👧", "No",
     "2026-01-23 10:00"),
)  # fmt: skip


@pytest.fixture
def full_desk(desk: Desk, clock: Clock) -> Desk:
    """A desk with three tickets from a survey (1 to 3) and three by hand (4 to 6), some of them worked on."""
    lay_instead(desk, make_full_desk)
    clock.seconds = FULL_DESK_AT
    return desk


def make_full_desk(path: Path) -> None:
    """The small desk, and a day's work at it."""
    make_small_desk(path)
    survey = path.with_name("detractors-q4.csv")
    with survey.open("w", newline="", encoding="utf-8") as file:
        header = ("id", "email", "name", "region", "nps", "comment", "May we contact you?", "answered_at")
        csv.writer(file).writerows([header, *ANSWERS])
    clock = Clock(NOON + 60 - 86_400)
    with Desk.open(path, user="ana", clock=clock) as desk:
        desk.imports.run(survey)
        for title, priority, hours in (("Wrong size sent twice", "low", 3), ("Invoice is missing", "urgent", 9)):
            clock.tick(hours * 3600)
            desk.tickets.new(title, priority, topic="Billing", description="The customer called about it.")
        clock.tick(6 * 3600)
        desk.tickets.new("App crashes at login", "high", topic="App", tags=["callback"])
        clock.tick(3600)
        desk.tickets.assign([2, 5], "ana")
        desk.tickets.set_plan(2, EXAMPLE_PLAN)
        desk.tickets.add_action(2, "Call", status="No response", comment="Left word with a colleague.")
        desk.tickets.classify(2, add=["Process", "People"])
        desk.tickets.add_note(2, "Promised to call again\non Monday.")
        desk.tickets.set_status(5, "pending")
