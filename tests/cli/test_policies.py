"""`casedesk policies …` and `sla on|off|show`."""

from __future__ import annotations

from typing import Any

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run


@pytest.fixture
def urgent(desk: Desk, run: Run) -> dict[str, Any]:
    """A policy for urgent tickets, ahead of the default."""
    run(
        "policies", "add", "Urgent", "--query", "priority:urgent,high", "--target", "resolution=8h",
        "--target", "first-response:urgent=30m", "--pause", "resolution", "--warn", "10m",
    )  # fmt: skip
    document: dict[str, Any] = run("policies", "show", "urgent", "--json").document
    return document


def names(run: Run) -> list[str]:
    return [policy["name"] for policy in run("policies", "list", "--json").document]


def test_a_policy_is_made_listed_and_shown(run: Run, urgent: dict[str, Any]) -> None:
    assert urgent == {
        "name": "Urgent",
        "query": "priority:urgent,high",
        "default": False,
        "calendar": "Business hours",
        "targets": [
            {"kind": "first response", "priority": "urgent", "seconds": 1800},
            {"kind": "resolution", "priority": None, "seconds": 28800},
        ],
        "pauses": ["resolution"],
        "warn_seconds": 600,
        "retired": False,
    }
    listed = run("policies", "list").out
    assert "first response (urgent 30m), resolution 8h" in listed
    assert "all others" in listed
    shown = run("policies", "show", "Urgent").out
    assert "10m ahead" in shown
    assert "first response  urgent    30m" in shown


def test_a_policy_is_changed(run: Run, urgent: dict[str, Any]) -> None:
    changed = run(
        "policies", "change", "Urgent", "--name", "Fast", "--query", "tag:detractor", "--pause", "none", "--warn",
        "none", "--target", "resolution=1h30m",
    )  # fmt: skip
    assert changed.out == (
        "policy “Urgent”: name → “Fast”; query → tag:detractor; pauses → none; warn → none; no target for"
        " first response of urgent; resolution: 1h30m\n"
    )
    assert run("policies", "show", "Fast", "--json").document["pauses"] == []


def test_one_target_is_set_and_taken_away(run: Run, urgent: dict[str, Any]) -> None:
    set_ = run("policies", "target", "Urgent", "next-reply", "PT4H", "--priority", "high", "--json")
    assert set_.document["summary"] == "policy “Urgent”: next reply of high: 4h"
    assert run("policies", "target", "Urgent", "next-reply", "none", "--priority", "high").status == 0
    assert run("policies", "show", "Urgent", "--json").document == urgent
    assert run("policies", "target", "Urgent", "next-reply", "none").status == 1


def test_policies_are_moved_retired_and_brought_back(run: Run, urgent: dict[str, Any]) -> None:
    run("policies", "add", "Delivery", "--query", "topic:delivery")
    assert run("policies", "move", "Delivery", "1").out == "policy “Delivery” moved to place 1\n"
    assert names(run) == ["Delivery", "Urgent", "Standard"]
    assert run("policies", "retire", "Urgent").status == 0
    assert names(run) == ["Delivery", "Standard"]
    assert "retired" in run("policies", "list", "--retired").out
    assert run("policies", "restore", "Urgent").status == 0
    assert run("policies", "retire", "Standard").status == 2


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("show", "Standart"), 1, "did you mean Standard"),
        (("add", "New", "--query", "status:opn"), 2, "did you mean open"),
        (("add", "New", "--query", "is:open", "--target", "resolution"), 2, "isn't a target"),
        (("add", "New", "--query", "is:open", "--target", "resolution=none"), 2, "isn't a target"),
        (("add", "New", "--query", "is:open", "--target", "resolution:=4h"), 2, "isn't a target"),
        (("add", "New", "--query", "is:open", "--target", "resolution=soon"), 2, "isn't a duration"),
        (("target", "Standard", "resolution", "4h", "--priority", "urgnt"), 1, "did you mean urgent"),
        (("change", "Standard", "--query", "is:open"), 2, "is the default"),
        (("change", "Standard"), 2, "nothing to change"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    desk: Desk, run: Run, arguments: tuple[str, ...], status: int, words: str
) -> None:
    told = run("policies", *arguments)
    assert (told.status, told.out) == (status, "")
    assert told.err.count("\n") == 1
    assert words in told.err


def test_policies_are_the_administrators(desk: Desk, run: Run) -> None:
    assert run("policies", "target", "Standard", "resolution", "4h", LOGNAME="ben").status == 3
    assert run("sla", "on", LOGNAME="ben").status == 3
    assert run("policies", "list", LOGNAME="ben").status == 0


def test_service_levels_are_switched_on_with_hours_and_a_calendar(desk: Desk, run: Run) -> None:
    run("calendars", "add", "Always", "--hours", "24x7")
    on = run("sla", "on", "--hours", "7.5", "--calendar", "always")
    assert (on.status, on.out, on.err) == (0, "service levels on: calendar → Always, resolution: 7h30m\n", "")
    document = run("sla", "show", "--json").document
    assert (document["service_levels"], document["hours"], document["calendar"]) == (True, 7.5, "Always")
    assert [policy["name"] for policy in document["policies"]] == ["Standard"]
    assert run("sla", "on", "--calendar", "Business hours").out == "service levels: calendar → Business hours\n"
    assert run("sla", "off").out == "service levels off\n"
    assert "service levels  off" in run("sla", "show").out
    assert run("sla", "on").out == "service levels on\n"
    assert run("sla", "on").status == 2


def test_switching_on_without_a_target_says_that_nothing_is_timed(desk: Desk, run: Run) -> None:
    assert run("sla", "on", "--calendar", "Business hours").status == 2
    on = run("sla", "on")
    assert (on.status, on.out) == (0, "service levels on\n")
    assert "nothing is timed" in on.err


def test_the_simple_form_refuses_what_cannot_be(desk: Desk, run: Run) -> None:
    wrong = run("sla", "on", "--hours", "0", "--calendar", "Busines hours")
    assert wrong.status == 2
    assert "longer than nothing" in wrong.err
    assert "did you mean Business hours" in wrong.err
    assert run("sla", "show", "--json").document["service_levels"] is False


def test_open_tickets_follow_every_change_and_its_undoing(desk: Desk, run: Run) -> None:
    desk.tickets.new("Late delivery", "high")

    def due() -> str | None:
        found: str | None = run("tickets", "show", "1", "--json").document["due_at"]
        return found

    # Opened on a Saturday: Monday is the first working day, in Berlin an hour ahead of UTC.
    assert due() is None
    run("sla", "on", "--hours", "2")
    assert due() == "2026-02-02T10:00:00Z"
    run("calendars", "change", "Business hours", "--zone", "UTC")
    assert due() == "2026-02-02T11:00:00Z"
    run("calendars", "date", "Business hours", "2026-02-02")
    assert due() == "2026-02-03T11:00:00Z"
    run("policies", "target", "Standard", "resolution", "1h", "--priority", "high")
    assert due() == "2026-02-03T10:00:00Z"
    run("undo")
    assert due() == "2026-02-03T11:00:00Z"
    run("redo")
    assert due() == "2026-02-03T10:00:00Z"
    run("config", "set", "service_levels", "off")
    assert due() is None


def test_arithmetic_goes_by_the_desks_calendars(desk: Desk, run: Run) -> None:
    found = run("sla", "deadline", "2026-02-01T12:00:00Z", "2h", "--calendar", "business hours", "--json").document
    assert found["deadline"] == "2026-02-02T10:00:00Z"
