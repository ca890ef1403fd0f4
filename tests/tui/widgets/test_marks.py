"""Marks: single ones, and all that match with exceptions."""

from __future__ import annotations

from casedesk.tui.widgets.marks import Marks


def test_a_ticket_is_marked_and_unmarked() -> None:
    marks = Marks()
    marks.toggle(7)
    assert 7 in marks
    assert len(marks) == 1
    marks.toggle(7)
    assert not marks


def test_a_range_is_marked_whether_some_of_it_is_marked_already_or_not() -> None:
    marks = Marks()
    marks.toggle(2)
    marks.mark([1, 2, 3])
    assert marks.numbers == {1, 2, 3}
    marks.mark_all("is:open", 9)
    marks.toggle(4)
    marks.mark([4, 5])
    assert (marks.exceptions, len(marks)) == (set(), 9)


def test_all_matching_is_a_query_with_exceptions() -> None:
    marks = Marks()
    marks.mark_all("is:open", 1_000_000)
    marks.toggle(5)
    assert 4 in marks
    assert 5 not in marks
    assert len(marks) == 999_999
    assert (marks.query, marks.exceptions, marks.numbers) == ("is:open", {5}, set())


def test_all_matching_does_not_outlive_its_query_and_single_marks_do() -> None:
    marks = Marks()
    marks.toggle(3)
    marks.forget_query("is:new")
    assert 3 in marks
    marks.mark_all("is:open", 9)
    marks.forget_query("is:open")
    assert marks
    marks.forget_query("is:new")
    assert not marks


def test_tickets_that_left_the_list_are_not_marked() -> None:
    marks = Marks()
    marks.toggle(3)
    marks.toggle(4)
    marks.drop({3})
    assert marks.numbers == {4}
