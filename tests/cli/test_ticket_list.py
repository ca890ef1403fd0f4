"""`casedesk tickets list`."""

from __future__ import annotations

import csv
import io

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

KEYS = [
    "number", "title", "description", "status", "priority", "topic", "tags", "classifications", "score", "score_kind",
    "sentiment", "campaign", "contact", "account", "owner", "helpers", "team", "plan", "exit_state", "resolution",
    "created_at", "updated_at", "closed_at", "due_at", "breached", "version",
]  # fmt: skip


@pytest.fixture
def three(desk: Desk) -> list[int]:
    numbers = [desk.tickets.new(title, "low").done[0] for title in ("Alpha", "Beta", "Gamma")]
    desk.tickets.tag(numbers[0], add=["first"])
    desk.tickets.classify(numbers[0], add=["Price", "People"])
    return numbers


def test_json_has_every_field_of_every_ticket_newest_first(three: list[int], run: Run) -> None:
    listed = run("tickets", "list", "--json").document
    assert [ticket["number"] for ticket in listed] == three[::-1]
    assert all(list(ticket) == KEYS for ticket in listed)
    assert listed[2] | {"version": 0} == dict.fromkeys(KEYS) | {
        "number": three[0], "title": "Alpha", "description": "", "status": "open", "priority": "low", "tags": ["first"],
        "classifications": ["People", "Price"], "helpers": [], "created_at": "2026-01-31T12:01:00Z",
        "updated_at": "2026-01-31T12:01:00Z", "breached": False, "version": 0,
    }  # fmt: skip


def test_a_query_may_be_one_argument_or_several(three: list[int], run: Run) -> None:
    assert [ticket["title"] for ticket in run("tickets", "list", "is:new Beta", "--json").document] == ["Beta"]
    assert [ticket["title"] for ticket in run("tickets", "list", "is:new", "Beta", "--json").document] == ["Beta"]


def test_a_query_may_begin_with_a_dash(three: list[int], run: Run) -> None:
    assert len(run("tickets", "list", "-tag:first", "--json").document) == 2


def test_limit_ends_the_list_and_zero_is_all(three: list[int], run: Run) -> None:
    assert len(run("tickets", "list", "--limit", "2", "--json").document) == 2
    assert len(run("tickets", "list", "--limit", "0", "--json").document) == 3
    assert run("tickets", "list", "--limit", "-1").status == 2


def test_nothing_that_matches_is_an_empty_list_and_no_error(three: list[int], run: Run) -> None:
    ran = run("tickets", "list", "is:closed", "--json")
    assert (ran.status, ran.document) == (0, [])
    assert run("tickets", "list", "is:closed").out == "No ticket matches.\n"


def test_a_table_that_was_cut_says_so_on_standard_error(three: list[int], run: Run) -> None:
    ran = run("tickets", "list", "--limit", "2")
    assert ran.out.count("\n") == 3
    assert ran.err == "casedesk: 2 of 3 are shown; --limit 0 shows all.\n"
    assert run("tickets", "list", "--limit", "3").err == ""


def test_the_table_shows_times_in_the_desks_zone(three: list[int], run: Run) -> None:
    assert run("tickets", "list", "--limit", "1").out == (
        "number  status  priority  score  title  contact  owner  created_at\n"
        f"     {three[2]}  new     low              Gamma                  2026-01-31 13:01\n"
    )


def test_columns_are_chosen_for_table_and_csv(three: list[int], run: Run) -> None:
    ran = run("tickets", "list", "Alpha", "--csv", "--columns", "number,state,classifications,contact.email")
    assert list(csv.reader(io.StringIO(ran.out))) == [
        ["number", "state", "classifications", "contact.email"],
        [str(three[0]), "open", "People, Price", ""],
    ]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--columns", "titel"), "did you mean title"),
        (("--columns", ","), "no column"),
        (("--columns", "title", "--json"), "--json"),
        (("--csv", "--json"), "--csv or --json"),
        (("--limt", "3"), "did you mean --limit"),
        (("stats:new",), "stat"),
    ],
)
def test_wrong_use_is_told_in_one_line(run: Run, desk: Desk, arguments: tuple[str, ...], word: str) -> None:
    ran = run("tickets", "list", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert word in ran.err
    assert ran.err.count("\n") == 1


def test_a_contacts_own_variables_can_be_columns(
    desk: Desk, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = tmp_path_factory.mktemp("files") / "people.csv"
    table.write_text("id,name,email,region\nk1,Rosa Marín,rosa@acme.example,North\n", encoding="utf-8")
    assert run("import", str(table), "--as", "contacts").status == 0
    run("tickets", "new", "Hello", "--priority", "low", "--contact", "rosa@acme.example")
    ran = run("tickets", "list", "--csv", "--columns", "contact,contact.region")
    assert ran.out == "contact,contact.region\nRosa Marín,North\n"
    contact = run("tickets", "list", "--json").document[0]["contact"]
    assert list(contact) == ["id", "name", "email", "phone", "language", "external_id", "account", "variables"]
    assert contact["variables"] == {"region": "North"}


def test_fields_lists_what_a_query_can_name(run: Run) -> None:
    examples = [field["example"] for field in run("tickets", "fields", "--json").document]
    assert {"status:new,open", "nps<=6", "is:mine"} <= set(examples)
    assert "the desk's own name of the status" in run("tickets", "fields").out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("tickets", "list"), 0),
        (("tickets", "list", "--json"), 0),
        (("responses", "list"), 0),
        (("tickets", "note", "is:open or is:new", "seen", "--yes"), 1),
    ],
)
def test_a_word_that_was_hardly_meant_to_be_searched_for_is_pointed_out_once(
    three: list[int], run: Run, arguments: tuple[str, ...], status: int
) -> None:
    ran = run(*arguments, *([] if "note" in arguments else ["is:open or is:new"]))
    hint = 'casedesk: "or" at 9 is searched for like any word; OR in capitals finds either.\n'
    assert ran.status == status
    assert (ran.err.count("at 9"), hint in ran.err) == (1, True)


def test_a_number_alone_finds_its_ticket(three: list[int], run: Run) -> None:
    assert [found["number"] for found in run("tickets", "list", str(three[1]), "--json").document] == [three[1]]


@pytest.fixture
def levels(desk: Desk) -> Desk:
    """A desk with service levels on: eight working hours to resolve."""
    desk.policies.set_simple(8)
    desk.service_levels.recompute()
    return desk


def test_closed_tickets_are_not_due_and_keep_their_deadline(levels: Desk, run: Run) -> None:
    numbers = [levels.tickets.new(title, "low").done[0] for title in ("Alpha", "Beta")]
    levels.tickets.close(numbers[0], "Resolved")

    def found(query: str) -> list[int]:
        return [ticket["number"] for ticket in run("tickets", "list", query, "--json").document]

    assert found("due<1w") == found("has:due") == found("due:next-7d") == [numbers[1]]
    assert found("due:none") == [numbers[0]]
    assert found("deadline<1w") == found("has:deadline") == numbers[::-1]
    assert found("is:closed deadline<1w2d12h") == [numbers[0]]
    assert found("sort:due") == [numbers[1], numbers[0]]
