"""Which tickets a command is for."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from casedesk.cli.selection import named_numbers, one_number
from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("text", "numbers"), [("12", [12]), ("#12", [12]), ("12,13", [12, 13]), (" #12 , 13,12 ", [12, 13])]
)
def test_numbers_are_told_from_queries(text: str, numbers: list[int]) -> None:
    assert named_numbers(text) == numbers


@pytest.mark.parametrize("text", ["is:open", "12 13", "12,", "-12", "score:0..6", "", "#", "12a", "9" * 30])
def test_anything_else_is_a_query(text: str) -> None:
    assert named_numbers(text) is None


@given(st.lists(st.integers(0, 10**17), min_size=1, unique=True))
def test_every_list_of_numbers_is_read_back(numbers: list[int]) -> None:
    assert named_numbers(",".join(map(str, numbers))) == numbers


@pytest.mark.parametrize("text", ["1,2", "is:open", ""])
def test_one_number_is_one_number(text: str) -> None:
    with pytest.raises(InvalidInput):
        one_number(text)


@pytest.fixture
def three(desk: Desk) -> list[int]:
    return [desk.tickets.new(title, "low", tags=["bulk"]).done[0] for title in ("A", "B", "C")]


def test_a_query_acts_on_all_that_match_after_a_yes(desk: Desk, three: list[int], run: Run) -> None:
    ran = run("tickets", "status", "tag:bulk -A", "pending", answers="y\n")
    assert ran.status == 0
    assert "2 tickets match" in ran.err
    assert [line.state for line in desk.tickets.lines(three)] == ["new", "pending", "pending"]


def test_a_no_changes_nothing(desk: Desk, three: list[int], run: Run) -> None:
    ran = run("tickets", "status", "tag:bulk", "pending", answers="n\n")
    assert (ran.status, ran.out) == (0, "")
    assert {line.state for line in desk.tickets.lines(three)} == {"new"}


def test_without_a_terminal_a_query_needs_yes(desk: Desk, three: list[int], run: Run) -> None:
    refused = run("tickets", "status", "tag:bulk", "pending")
    assert refused.status == 2
    assert "--yes" in refused.err
    assert {line.state for line in desk.tickets.lines(three)} == {"new"}
    done = run("tickets", "status", "tag:bulk", "pending", "--yes", "--json")
    assert sorted(done.document["done"]) == three
    assert "3 tickets match" in done.err


def test_a_query_that_nothing_matches_is_not_found(three: list[int], run: Run) -> None:
    assert run("tickets", "note", "tag:none", "Hello", "--yes").status == 1


def test_a_query_may_begin_with_a_dash(desk: Desk, three: list[int], run: Run) -> None:
    assert run("tickets", "note", "-is:closed", "Hello", "--yes").status == 0
    assert all(desk.tickets.show(number).notes for number in three)


def test_an_empty_query_never_means_every_ticket(desk: Desk, three: list[int], run: Run) -> None:
    assert run("tickets", "note", "", "Hello", "--yes").status == 2
    assert not any(desk.tickets.show(number).notes for number in three)
