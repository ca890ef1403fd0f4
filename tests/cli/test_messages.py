"""`casedesk tickets log-message`, and messages in `show`."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run
from tests.conftest import Clock


def test_a_message_is_logged_and_shown(ticket: int, clock: Clock, run: Run) -> None:
    clock.tick(7200)
    ran = run("tickets", "log-message", "1", "--channel", "phone", "--body", "Rang her", "--at", "1h")
    assert (ran.status, ran.out, ran.err) == (0, "message → phone · #1\n", "")
    shown = run("tickets", "show", "1")
    assert "Message to the customer by ana, phone, 2026-01-31 14:01\n  Rang her\n" in shown.out
    assert run("tickets", "show", "1", "--json").document["messages"] == [
        {
            "id": 1,
            "direction": "out",
            "channel": "phone",
            "at": "2026-01-31T13:01:00Z",
            "author": "ana",
            "automatic": False,
            "body": "Rang her",
        }
    ]


def test_the_customers_message_comes_from_standard_input(ticket: int, run: Run) -> None:
    arguments = ("--from-customer", "--automatic", "--channel", "in person", "--body", "-")
    assert run("tickets", "log-message", "1", *arguments, piped="Away until\nMonday\n").status == 0
    (message,) = run("tickets", "show", "1", "--json").document["messages"]
    assert message | {"id": 0, "at": ""} == {
        "id": 0, "direction": "in", "channel": "in person", "at": "", "author": None, "automatic": True,
        "body": "Away until\nMonday",
    }  # fmt: skip
    assert "Automatic message from the customer, in person, 2026-01-31" in run("tickets", "show", "1").out


def test_a_message_on_a_closed_ticket_names_the_one_that_it_opened(desk: Desk, ticket: int, run: Run) -> None:
    desk.tickets.close(ticket, "Resolved")
    ran = run("tickets", "log-message", "1", "--from-customer", "--body", "Still late", "--json")
    assert (ran.status, ran.document["done"]) == (0, [1, 2])
    assert ran.document["notes"] == ["#1 is closed, so the message opened #2 Re: Late delivery."]
    assert ran.err == "casedesk: #1 is closed, so the message opened #2 Re: Late delivery.\n"
    assert run("undo").status == 0
    assert run("tickets", "show", "2").status == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("1", "--body", " "), 2, "The message is empty."),
        (("1", "--body", "x", "--channel", "fax"), 2, "There is no channel “fax” for a message; there is phone, email, "
                                                      "chat, letter, in person, other."),
        (("1", "--body", "x", "--at", "tomorrow"), 2, "A message can't have been written in the future; give an "
                                                      "instant that is past."),
        (("1", "--body", "x", "--at", "2d"), 2, "#1 was opened after that; a message can't be older than its ticket."),
        (("9", "--body", "x"), 1, "There is no ticket #9."),
    ],
)  # fmt: skip
def test_what_cannot_be_logged_is_told(
    ticket: int, run: Run, arguments: tuple[str, ...], status: int, said: str
) -> None:
    ran = run("tickets", "log-message", *arguments)
    assert (ran.status, ran.out, ran.err) == (status, "", f"casedesk: {said}\n")


def test_a_query_logs_on_all_that_match(desk: Desk, ticket: int, run: Run) -> None:
    desk.tickets.new("Late again", "low")
    ran = run("tickets", "log-message", "late", "--body", "We are on it", "--yes")
    assert (ran.status, ran.out) == (0, "message → other · 2 tickets\n")


def test_words_of_messages_are_found(ticket: int, run: Run) -> None:
    run("tickets", "log-message", "1", "--body", "A voucher is on its way")
    assert [found["number"] for found in run("tickets", "list", "message:voucher", "--json").document] == [1]


def test_control_characters_of_a_message_never_reach_the_terminal(ticket: int, run: Run) -> None:
    run("tickets", "log-message", "1", "--from-customer", "--body", "red \x1b[31m\x07")
    assert "\x1b" not in run("tickets", "show", "1").out
