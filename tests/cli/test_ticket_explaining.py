"""`casedesk tickets explain` (X6)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run
from tests.conftest import Clock
from tests.timed_desk import HOLIDAY, OVERDUE, PAUSED, SOON, lay_timed


@pytest.fixture
def timed(desk: Desk, clock: Clock) -> Desk:
    return lay_timed(desk, clock)


def test_every_span_is_listed_and_the_sums_are_right(timed: Desk, run: Run) -> None:
    out = run("tickets", "explain", str(OVERDUE), "sla").out
    resolution = out[out.index("Resolution: running") :]
    assert "The policy “Standard” applies because no policy before it does" in out
    assert "calendar  Business hours, Europe/Berlin" in resolution
    assert ["2026-02-05", "09:00+01:00", "2026-02-05", "17:00+01:00", "holiday:", "Founders’", "day", "8h"] in [
        line.split() for line in resolution.splitlines()
    ]
    assert "counted 16h30m + paused 26h + closed 4h + outside hours 48h + holiday 8h = 102h30m in all" in resolution
    assert "counted 16h30m + left 23h30m = target 40h" in resolution
    assert "to come: counted" in resolution


def test_the_document_adds_up(timed: Desk, run: Run) -> None:
    document = run("tickets", "explain", str(OVERDUE), "sla", "--json").document
    assert list(document) == ["number", "text", "policy", "timers"]
    timer = document["timers"][-1]
    assert timer["kind"] == "resolution"
    assert (timer["state"], timer["policy"], timer["calendar"]) == ("running", "Standard", "Business hours")
    assert timer["zone"] == "Europe/Berlin"
    assert sum(span["seconds"] for span in timer["spans"]) == sum(timer["totals"].values()) == 102.5 * 3600
    assert timer["counted_seconds"] + timer["left_seconds"] == timer["target_seconds"] == 40 * 3600
    ends = [span["end"] for span in timer["spans"]]
    assert [span["start"] for span in timer["spans"]] == [timer["started_at"], *ends[:-1]]
    assert [span["name"] for span in timer["spans"] if span["kind"] == "holiday"] == [HOLIDAY]
    assert timer["ahead"][-1]["end"] == timer["due_at"]
    assert set(timer) == {
        "kind", "state", "policy", "target_seconds", "started_at", "due_at", "warn_at", "ended_at", "breached",
        "calendar", "zone", "pauses", "changed", "counted_seconds", "left_seconds", "totals", "spans", "ahead",
    }  # fmt: skip


def test_a_missed_target_says_how_much_too_late(timed: Desk, run: Run) -> None:
    out = run("tickets", "explain", str(OVERDUE), "sla").out
    assert "First response: overdue" in out
    assert "counted 16h30m - late 12h30m = target 4h" in out


def test_a_paused_timer_has_no_due_time(timed: Desk, run: Run) -> None:
    timer = run("tickets", "explain", str(PAUSED), "sla", "--json").document["timers"][0]
    assert (timer["state"], timer["due_at"], timer["ahead"]) == ("paused", None, [])
    assert timer["totals"]["paused"] == 3 * 3600


def test_without_a_word_fields_are_explained_too(timed: Desk, run: Run) -> None:
    out = run("tickets", "explain", f"#{SOON}").out
    assert "due       2026-02-06 16:20, worked out: resolution by the policy “Urgent”" in out
    assert "urgent, by ana, 2026-02-06 14:20, when it was opened" in out
    fields = run("tickets", "explain", str(SOON), "--json").document["fields"]
    assert {field["field"] for field in fields} >= {"status", "priority", "due"}


def test_a_field_is_explained_with_its_history(timed: Desk, run: Run) -> None:
    timed.as_user("ben").tickets.set_priority(SOON, "low")
    ran = run("tickets", "explain", str(SOON), "priority")
    assert "priority  low, by ben, 2026-02-06 16:00" in ran.out
    assert "ben · priority: urgent → low" in ran.out
    document = run("tickets", "explain", str(SOON), "priority", "--json").document
    assert (document["number"], document["field"], document["value"]) == (SOON, "priority", "low")
    assert (document["set_by"], document["set_by_kind"], document["set_at"]) == ("ben", "user", "2026-02-06T15:00:00Z")
    assert [line["kind"] for line in document["history"]] == ["priority", "opened"]


def test_a_field_that_is_not_known_is_refused_with_the_nearest(timed: Desk, run: Run) -> None:
    ran = run("tickets", "explain", str(SOON), "prioritty")
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean priority?" in ran.err


def test_a_ticket_that_is_not_there(timed: Desk, run: Run) -> None:
    assert run("tickets", "explain", "99").status == 1
    assert run("tickets", "explain", "is:open").status == 2


def test_a_desk_without_service_levels_says_so(desk: Desk, ticket: int, run: Run) -> None:
    assert "Service levels are off at this desk." in run("tickets", "explain", str(ticket)).out
    assert run("tickets", "explain", str(ticket), "sla", "--json").document["timers"] == []


def test_show_has_the_timers(timed: Desk, run: Run) -> None:
    assert "  first response: overdue, due 2026-02-02 13:30, Standard" in run("tickets", "show", str(OVERDUE)).out
    timers = run("tickets", "show", str(SOON), "--json").document["timers"]
    assert timers == [
        {
            "kind": "resolution",
            "state": "running",
            "policy": "Urgent",
            "target_seconds": 7200,
            "started_at": "2026-02-06T13:20:00Z",
            "due_at": "2026-02-06T15:20:00Z",
            "warn_at": "2026-02-06T14:50:00Z",
            "ended_at": None,
            "breached": False,
        }
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [("is:overdue", [1]), ("is:due-soon", [3]), ("is:paused", [2]), ("policy:urgent", [3]), ("sort:due", [1, 3, 4, 2])],
)
def test_queries_find_what_is_timed(timed: Desk, run: Run, query: str, found: list[int]) -> None:
    listed = run("tickets", "list", query, "--json").document
    assert [ticket["number"] for ticket in listed] == found


def test_a_policy_that_does_not_exist_is_a_mistake_with_the_nearest(timed: Desk, run: Run) -> None:
    ran = run("tickets", "list", "policy:urgnt")
    assert ran.status == 2
    assert "Urgent" in ran.err


def test_a_sweep_says_what_it_did(timed: Desk, run: Run, clock: Clock) -> None:
    timed.policies.set_target("Standard", "resolution", 41 * 3600)
    # The first response of ticket 1 was missed and recorded when the ticket was closed.
    assert run("sweep").out == "4 tickets were timed anew.\n1 ticket is about to miss a target.\n"
    clock.tick(3600)
    ran = run("sweep", "--json")
    assert ran.document == {"woken": 0, "warned": 0, "breached": 1, "timed": 0, "ruled": 0, "tickets": [SOON]}
    assert run("sweep").out == "Nothing is due.\n"
