"""`casedesk tickets show`."""

from __future__ import annotations

from casedesk.desk import Desk
from tests.cli.conftest import Run
from tests.cli.test_ticket_list import KEYS

PLAN = "Resolution for Detractors"


def test_json_is_the_ticket_of_the_list_and_what_hangs_on_it(desk: Desk, ticket: int, run: Run) -> None:
    desk.tickets.add_note(ticket, "Called back")
    shown = run("tickets", "show", str(ticket), "--json").document
    assert list(shown)[: len(KEYS) + 5] == [*KEYS, "response", "mentions", "messages", "activity", "related"]
    assert (shown["mentions"], shown["messages"], shown["related"], shown["response"]) == ([], [], [], None)
    assert shown["notes"] == [{"id": 1, "at": "2026-01-31T12:01:00Z", "author": "ana", "body": "Called back"}]
    assert [entry["kind"] for entry in shown["activity"]] == ["status", "note", "tag", "opened"]


def test_json_says_which_actions_may_be_chosen(desk: Desk, ticket: int, run: Run) -> None:
    desk.tickets.set_plan(ticket, PLAN)
    desk.tickets.add_action(ticket, "Offer compensation", comment="A voucher")
    shown = run("tickets", "show", f"#{ticket}", "--json").document
    assert shown["plan"] == PLAN
    assert shown["actions"][0]["comment"] == "A voucher"
    choices = {choice["action"]: choice for choice in shown["plan_actions"]}
    assert choices["Offer compensation"]["refusal"] == "it was completed on this ticket"
    assert choices["Call"]["statuses"] == ["Reached", "No response", "Left a message"]


def test_the_text_shows_fields_notes_and_activity(desk: Desk, ticket: int, run: Run) -> None:
    desk.tickets.add_note(ticket, "Called back\nNobody there")
    out = run("tickets", "show", str(ticket)).out
    assert out.startswith(f"#{ticket} Late delivery\n\nstatus    open\npriority  high\n")
    assert "Description\n  Three weeks.\n" in out
    assert "Note by ana, 2026-01-31 13:01\n  Called back\n  Nobody there\n" in out
    assert "Activity (Europe/Berlin)\n" in out


def test_hostile_text_reaches_the_terminal_only_cleaned(desk: Desk, run: Run) -> None:
    hostile = "\x1b[31mred\x1b]0;title\x07 \u202egnp.exe"
    number = desk.tickets.new("Plain", "low", description=hostile, note=hostile).done[0]
    text = run("tickets", "show", str(number))
    assert not {"\x1b", "\x07", "\u202e"} & set(text.out)
    assert "␛[31mred" in text.out
    exact = run("tickets", "show", str(number), "--json")
    assert not {"\x1b", "\x07", "\u202e"} & set(exact.out)
    assert exact.document["description"] == hostile


def test_a_ticket_that_is_not_there_is_not_found(desk: Desk, run: Run) -> None:
    ran = run("tickets", "show", "7")
    assert (ran.status, ran.out, ran.err) == (1, "", "casedesk: There is no ticket #7.\n")


def test_a_user_who_may_not_see_contacts_gets_none(desk: Desk, ticket: int, run: Run) -> None:
    assert run("tickets", "show", str(ticket), "--json", LOGNAME="ben").document["contact"] is None
