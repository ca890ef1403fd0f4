"""Which lines the list of tickets keeps, and which it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from casedesk.desk.values import TicketLine
from casedesk.tui.widgets.known_lines import LINES_KEPT, NO_CELLS, PAGE, KnownLines

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_line(number: int) -> TicketLine:
    return TicketLine(
        number=number, version=1, title="Parcel", state="open", status="open", priority=None, score=None,
        score_kind=None, campaign=None, contact=None, account=None, topic=None, owner=None, team=None, created_at=AT,
        updated_at=AT, closed_at=None, due_at=None,
    )  # fmt: skip


@pytest.fixture
def known() -> KnownLines:
    known = KnownLines()
    known.put([a_line(1), a_line(2)], NO_CELLS)
    return known


def test_what_is_missing_around_a_row_is_asked_for_once(known: KnownLines) -> None:
    numbers = range(1, 2 * PAGE)
    assert known.to_ask(numbers, 0) == list(range(3, PAGE + 1))
    assert known.to_ask(numbers, PAGE - 1) == []
    assert known.to_ask(numbers, PAGE) == list(range(PAGE + 1, 2 * PAGE))


def test_what_is_in_doubt_is_drawn_as_it_was_and_asked_for_again(known: KnownLines) -> None:
    known.to_ask([1, 2], 0)
    known.doubt([2])
    assert known.line(2) == a_line(2)
    assert known.to_ask([1, 2], 0) == [2]
    known.put([a_line(2)], NO_CELLS)
    assert not known.lacks(2)


def test_under_the_columns_of_a_view_a_line_without_its_cells_is_missing(known: KnownLines) -> None:
    known.use_cells(True)
    assert known.lacks(1)
    known.put([], {1: ("Parcel",)})
    assert not known.lacks(1)
    assert known.cells(1) == ("Parcel",)
    known.use_cells(False)
    assert known.cells(1) is None


def test_only_what_is_seen_and_differs_is_drawn_again(known: KnownLines) -> None:
    late = replace(a_line(2), status="pending")
    assert known.differ([late], NO_CELLS, seen={2})
    assert not known.differ([late], NO_CELLS, seen={1})
    assert not known.differ([a_line(2)], NO_CELLS, seen={2})
    assert known.differ([], {1: ("Parcel",)}, seen={1})


def test_lines_of_long_ago_are_let_go(known: KnownLines) -> None:
    known.put((a_line(number) for number in range(3, LINES_KEPT + 2)), NO_CELLS)
    assert known.line(1) is None
    assert known.line(LINES_KEPT + 1) is not None


def test_one_ticket_that_is_due_makes_room_for_due_times(known: KnownLines) -> None:
    assert not known.any_due
    known.put([replace(a_line(3), due_at=AT)], NO_CELLS)
    assert known.any_due
