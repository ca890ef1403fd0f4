"""The columns of the ticket list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from casedesk.desk.values import TicketLine
from casedesk.tui.look import Look
from casedesk.tui.widgets.drawn import cut_line, spread, width_of
from casedesk.tui.widgets.ticket_line import Columns, due_span, line_spans, second_line

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
LOOK = Look(ZoneInfo("UTC"), NOW, ("low", "normal", "high", "urgent"))
LINE = TicketLine(
    number=10412, version=1, title="Late delivery, no refund 👩‍👩‍👧 返金", state="open", status="open",
    priority="urgent", score=2, score_kind="nps", campaign="Q4", contact="Rosa Marín", account="Acme", topic=None,
    owner="ana", team=None, created_at=NOW - timedelta(hours=2), updated_at=NOW, closed_at=None,
    due_at=NOW + timedelta(minutes=70), tags=("callback", "vip"),
)  # fmt: skip


@given(st.integers(24, 250), st.integers(3, 9), st.booleans())
def test_a_line_is_exactly_as_wide_as_the_list(width: int, digits: int, due: bool) -> None:
    columns = Columns.for_width(width, digits, due=due)
    assert width_of(line_spans(LINE, columns, LOOK, mark=" ")) == width or columns.title == 4
    assert width_of(second_line(LINE, columns)) <= max(width, 40)


def test_columns_come_as_there_is_room() -> None:
    shown = {width: Columns.for_width(width, 5) for width in (36, 46, 66, 80, 140)}
    assert [bool(columns.due) for columns in shown.values()] == [False, True, True, True, True]
    assert [bool(columns.owner) for columns in shown.values()] == [False, False, True, True, True]
    assert [bool(columns.contact) for columns in shown.values()] == [False, False, False, True, True]
    assert [bool(columns.campaign) for columns in shown.values()] == [False, False, False, False, True]


def test_state_and_priority_have_a_sign_beside_their_colour() -> None:
    signs = {state: LOOK.state(state)[0] for state in ("new", "open", "pending", "closed")}
    assert len(set(signs.values())) == 4
    assert [LOOK.priority(name)[0] for name in ("urgent", "high", "normal", "low", None)] == [
        "!!",
        "! ",
        "  ",
        "↓ ",
        "  ",
    ]


def test_plain_signs_are_ascii() -> None:
    plain = replace(LOOK, plain=True)
    assert "".join(plain.state(state)[0] for state in ("new", "open", "pending", "closed")) == "NOPC"
    assert all(plain.priority(name)[0].isascii() for name in LOOK.priorities)


@pytest.mark.parametrize(
    ("due_in", "state", "span"),
    [
        (timedelta(minutes=70), "open", ("<1h", "muted")),
        (timedelta(minutes=40), "open", ("◔40m", "warning")),
        (timedelta(0), "open", ("◔0s", "warning")),
        (timedelta(seconds=-1), "open", ("1s!", "bad")),
        (timedelta(days=3), "open", ("<3d", "muted")),
        (timedelta(hours=-5), "open", ("5h!", "bad")),
        (timedelta(hours=-5), "closed", ("", "text")),
    ],
)
def test_due_says_how_long_and_whether_it_is_past(due_in: timedelta, state: str, span: tuple[str, str]) -> None:
    soon = NOW + due_in - timedelta(hours=1)
    assert due_span(replace(LINE, due_at=NOW + due_in, due_soon_at=soon, state=state), LOOK) == span


def test_a_paused_timer_has_its_own_sign_and_colour() -> None:
    paused = replace(LINE, state="pending", due_at=None, paused=True)
    assert due_span(paused, LOOK) == ("‖", "state-pending")
    assert due_span(replace(paused, wake_at=NOW + timedelta(hours=23)), LOOK) == ("‖>23h", "state-pending")


def test_plain_due_marks_are_ascii() -> None:
    plain = replace(LOOK, plain=True)
    soon = replace(LINE, due_soon_at=NOW)
    paused = replace(LINE, due_at=None, paused=True)
    said = [due_span(line, plain)[0] for line in (LINE, soon, paused, replace(paused, wake_at=NOW))]
    assert said == ["<1h", "~1h", "paused", ">0s"]


def test_no_due_time_is_nothing() -> None:
    assert due_span(replace(LINE, due_at=None), LOOK) == ("", "text")


def test_the_second_line_says_who_and_from_where() -> None:
    said = "".join(text for text, _role in second_line(LINE, Columns.for_width(46, 5)))
    assert "Rosa Marín · Acme" in said


def test_a_line_is_cut_and_spread() -> None:
    assert cut_line([("abc", "text"), ("defg", "muted")], 5) == [("abc", "text"), ("d…", "muted")]
    line = spread([("left", "text")], [("right", "text")], 12)
    assert "".join(text for text, _role in line) == "left   right"
    assert width_of(spread([("left" * 9, "text")], [("right", "text")], 12)) == 12


def test_a_ticket_that_sleeps_shows_how_long() -> None:
    asleep = replace(LINE, state="pending", due_at=None, wake_at=NOW + timedelta(days=3))
    assert due_span(asleep, LOOK) == (">3d", "state-pending")
    assert due_span(replace(asleep, wake_at=NOW - timedelta(minutes=1)), LOOK) == (">0s", "state-pending")
    assert due_span(replace(asleep, due_at=LINE.due_at), LOOK)[0] == "<1h"
