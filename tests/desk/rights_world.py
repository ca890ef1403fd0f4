"""A small desk with something of everything, on which each method of the desk can be called once."""

from __future__ import annotations

import csv
from pathlib import Path

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from tests.conftest import Clock

ANSWERED, UNANSWERED = 1, 2
"""Responses: the first opened ticket 1, the second none."""
WITH_PLAN, PARCEL, CLOSED, OTHER = 1, 2, 3, 4
"""Tickets."""


def answers(folder: Path) -> Path:
    """A file of two responses."""
    file = folder / "spring.csv"
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(
            [
                ("id", "email", "name", "company", "nps", "comment", "answered_at"),
                ("r1", "rosa@acme.example", "Rosa", "Acme", "2", "Three weeks", "2026-01-20 10:00"),
                ("r2", "ken@example.com", "Ken", "", "9", "Fast and friendly", "2026-01-21 10:00"),
            ]
        )
    return file


def make_world(path: Path, clock: Clock) -> None:
    """Make the desk at `path`; ana is its administrator."""
    with Desk.create(path, user="ana", name="Small desk", zone="Europe/Berlin", clock=clock) as desk:
        desk.team.add_user("ben", role="agent")
        desk.team.add_user("dora", role="agent")
        desk.team.set_active("dora", False)
        desk.roles.add("Reader", rights=["tickets.view"])
        desk.team.add_team("Riders", ("ben",))
        desk.team.add_team("Care")
        desk.team.add_team("Old team")
        desk.team.retire_team("Old team")
        desk.campaigns.add("spring", plan=EXAMPLE_PLAN)
        desk.imports.run(answers(path.parent), campaign="spring")
        desk.tickets.new("Parcel", "low", tags=["vip"])
        desk.tickets.close(desk.tickets.new("Old", "low").done[0], "Resolved")
        desk.tickets.new("Other", "high")
        desk.views.add("Answers", scope="responses", allow_actions=True, shared=True)
        desk.views.add("Mine")
        desk.views.add("Yours")
        desk.dashboards.make("Day")
        desk.dashboards.add_widget("Day", "figure", report="cases", figure="open")
        desk.dashboards.add_widget("Day", "view", view="Answers")
        desk.dashboards.make("Gone")
        desk.dashboards.retire("Gone")
        desk.macros.make("Call back", [{"note": "rang"}])
        desk.lists.retire("topics", "App")
        desk.plans.add("Spare", actions=["Call"])
        desk.plans.add("Gone")
        desk.plans.retire("Gone")
        desk.plans.add_action("Knock", plans=["Spare"])
        desk.plans.add_action("Sing")
        desk.plans.retire_action("Sing")
        desk.calendars.add("Night", "24x7")
        desk.calendars.add("Gone", "24x7")
        desk.calendars.retire("Gone")
        desk.policies.add("Urgent", "priority:urgent", calendar="Night")
        desk.policies.add("Vip", "tag:vip", calendar="Night")
        desk.policies.add("Gone", "priority:low", calendar="Night")
        desk.policies.retire("Gone")
        clock.tick()
