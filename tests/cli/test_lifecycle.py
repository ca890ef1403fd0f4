"""`casedesk sweep`, waking up, hand-overs and absence on the command line."""

from __future__ import annotations

import pytest

from casedesk.cli.progress import ProgressLine
from casedesk.desk import Desk
from tests.cli.conftest import Run
from tests.conftest import Clock


def test_pending_until_is_said_shown_and_swept(desk: Desk, ticket: int, run: Run, clock: Clock) -> None:
    ran = run("tickets", "status", str(ticket), "pending", "--until", "2026-02-02 09:00")
    assert ran.out == f"status → pending until 2026-02-02 09:00 · #{ticket}\n"
    assert run("tickets", "show", str(ticket), "--json").document["wake_at"] == "2026-02-02T08:00:00Z"
    assert "wakes up  2026-02-02 09:00" in run("tickets", "show", str(ticket)).out
    listed = run("tickets", "list", "is:waking", "--columns", "number,wake_at")
    assert listed.out.splitlines()[1].split() == [str(ticket), "2026-02-02", "09:00"]
    assert run("sweep").out == "Nothing is due.\n"
    clock.tick(2 * 86_400)
    nothing = {"woken": 0, "warned": 0, "breached": 0, "timed": 0, "ruled": 0, "tickets": []}
    assert run("sweep", "--json").document == nothing | {"woken": 1, "tickets": [ticket]}
    assert run("sweep", "--json").document == nothing
    assert run("tickets", "show", str(ticket), "--json").document["wake_at"] is None


def test_a_sweep_tells_how_many_woke_up(desk: Desk, ticket: int, run: Run, clock: Clock) -> None:
    other = desk.tickets.new("Another", "low").done[0]
    run("tickets", "status", f"{ticket},{other}", "pending", "--until", "2h")
    clock.tick(7200)
    assert run("sweep", LOGNAME="ben").out == "2 tickets woke up.\n"


@pytest.mark.parametrize(
    ("status", "until", "word"),
    [
        ("pending", "yesterday", "in the past"),
        ("pending", "soon", "write 3d, 2h, tomorrow"),
        ("open", "3d", "Only a pending ticket wakes up"),
    ],
)
def test_a_wake_up_that_cannot_be_is_refused(
    desk: Desk, ticket: int, run: Run, status: str, until: str, word: str
) -> None:
    ran = run("tickets", "status", str(ticket), status, "--until", until)
    assert ran.status == 2
    assert word in ran.err
    assert desk.tickets.show(ticket).line.state == "new"


def test_an_action_that_closes_the_plan_says_what_closing_needs(desk: Desk, ticket: int, run: Run) -> None:
    desk.tickets.set_plan(ticket, "Resolution for Detractors")
    ran = run("tickets", "action", str(ticket), "Close the loop", "--exit-state", "Customer reached")
    assert ran.status == 2
    assert "needs a resolution: Resolved" in ran.err
    ran = run("tickets", "action", str(ticket), "Offer compensation", "--resolution", "Resolved")
    assert ran.status == 2
    assert "no resolution to choose" in ran.err


def test_a_ticket_is_handed_over_with_a_note(desk: Desk, ticket: int, run: Run) -> None:
    desk.team.add_team("Riders", ("ben",))
    assert run("tickets", "assign", str(ticket), "ben", "--note", "-", piped="Be\nkind\n").status == 0
    assert run("tickets", "team", str(ticket), "riders", "--note", "She rides.").status == 0
    shown = desk.tickets.show(ticket)
    assert (shown.line.owner, shown.line.team) == ("ben", "Riders")
    assert [note.body for note in shown.notes] == ["Be\nkind", "She rides."]


def test_a_user_goes_away_and_comes_back(desk: Desk, ticket: int, run: Run) -> None:
    desk.tickets.assign(ticket, "ana")
    ran = run("users", "away", "ana", "--hand-over-to", "ben", "--note", "Back on Monday.")
    assert ran.out == "ana is away, 1 ticket to ben\n"
    assert run("users", "show", "ana", "--json").document["away"] is True
    assert "away" in next(line for line in run("users", "list").out.splitlines() if line.startswith("ana"))
    assert run("users", "away", "me").err == "casedesk: ana is away already.\n"
    assert run("undo").status == 0
    assert desk.tickets.show(ticket).line.owner == "ana"
    run("users", "away", "ana", "--hand-over-to", "nobody")
    assert run("users", "back", "me", "--json").document["summary"] == "ana is back"
    assert desk.tickets.show(ticket).line.owner is None


def test_others_are_sent_away_by_an_administrator(desk: Desk, run: Run) -> None:
    assert run("users", "away", "carla", LOGNAME="ben").status == 3
    assert run("users", "away", "carla").status == 0


def test_the_reopen_window_is_a_setting(desk: Desk, run: Run) -> None:
    assert run("config", "set", "reopen_window_days", "14").out == "reopen_window_days → 14\n"
    assert run("config", "get", "reopen_window_days", "--json").document == 14
    assert run("config", "set", "reopen_window_days", "-1").status == 2
    assert run("config", "set", "reopen_window_days", "two").status == 2
    run("undo")
    assert desk.setup.setting("reopen_window_days") == 0


def test_a_sweep_that_is_stopped_says_what_becomes_of_the_rest(
    desk: Desk, ticket: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.policies.set_simple(4)

    def stopped(self: ProgressLine, done: int, total: int) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(ProgressLine, "tell_count", stopped)
    ran = run("sweep")
    assert (ran.status, ran.err) == (130, "casedesk: Stopped; what is left is done by the next sweep.\n")
