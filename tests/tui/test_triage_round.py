"""A round of triage, without a screen (X5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from casedesk.tui.triage_round import Round

START = datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_it_goes_from_ticket_to_ticket() -> None:
    round = Round([7, 5, 3], START)
    assert (round.number, round.left, round.neighbours) == (7, 3, [5, 3])
    round.decide("closed")
    assert (round.number, round.left, round.neighbours) == (5, 2, [3, 7])
    round.skip()
    round.skip()
    assert (round.number, round.left, round.decided, round.skipped) == (None, 0, 1, 2)
    assert round.back()
    assert round.number == 3


def test_there_is_nothing_before_the_first() -> None:
    assert not Round([7], START).back()


def test_a_ticket_skipped_and_decided_on_later_was_not_skipped() -> None:
    round = Round([7, 5], START)
    round.skip()
    round.back()
    round.decide("closed")
    assert (round.decided, round.skipped) == (1, 0)


def test_what_is_taken_back_comes_again() -> None:
    round = Round([7, 5, 3], START)
    round.decide("closed")
    round.decide("given to ben")
    round.take_back([7])
    assert (round.number, round.decided) == (7, 1)
    round.decide_again([7])
    assert (round.number, round.decided) == (5, 2)


def test_an_act_on_other_tickets_that_is_taken_back_moves_nothing() -> None:
    round = Round([7, 5], START)
    round.skip()
    round.take_back([99])
    round.decide_again([99])
    assert round.number == 5


def test_a_related_ticket_is_looked_at_on_the_way_and_counts_for_nothing() -> None:
    round = Round([7, 5], START)
    round.look_aside(20)
    round.look_aside(21)
    assert (round.shown, round.behind, round.number, round.left) == (21, 20, 7, 2)
    assert round.neighbours == [20, 7]
    assert round.come_back()
    assert (round.shown, round.behind) == (20, 7)
    assert round.come_back()
    assert (round.shown, round.behind) == (7, None)
    assert not round.come_back()
    assert round.neighbours == [5]


def test_from_related_to_related_the_way_never_goes_in_a_circle() -> None:
    round = Round([7, 5], START)
    for number in (20, 21, 22, 20):
        round.look_aside(number)
    assert (round.shown, round.behind) == (20, 7)
    round.look_aside(21)
    round.look_aside(7)
    assert (round.shown, round.behind) == (7, None)


def test_skip_and_back_come_back_from_a_related_ticket_first() -> None:
    round = Round([7, 5], START)
    round.skip()
    round.look_aside(20)
    round.look_aside(21)
    assert round.back()
    assert round.shown == 20
    round.skip()
    assert (round.shown, round.skipped) == (5, 1)


def test_a_decision_and_what_is_taken_back_end_the_look_aside() -> None:
    round = Round([7, 5], START)
    round.decide("closed")
    round.look_aside(20)
    round.take_back([7])
    assert (round.shown, round.behind) == (7, None)
    round.look_aside(20)
    round.decide_again([7])
    assert round.shown == 5


def test_after_the_last_ticket_nothing_is_looked_at() -> None:
    round = Round([7], START)
    round.skip()
    round.look_aside(20)
    assert round.shown is None


def test_the_summary_counts_by_decision_the_most_frequent_first() -> None:
    round = Round(list(range(40)), START)
    for decision in ("closed", "given to ben", "closed"):
        round.decide(decision)
    round.skip()
    assert round.summary(START + timedelta(minutes=14)) == (
        "3 of 40 decided in 14m\n\n 2 closed\n 1 given to ben\n 1 skipped\n36 not seen yet"
    )


@given(st.lists(st.sampled_from(["decide", "skip", "back", "undo", "redo", "aside", "come back"]), max_size=60))
def test_counts_always_add_up(steps: list[str]) -> None:
    round = Round([9, 8, 7, 6], START)
    done: list[int] = []
    for step in steps:
        number = round.number
        if step == "decide" and number is not None:
            round.decide("closed")
            done.append(number)
        elif step == "skip":
            round.skip()
        elif step == "back":
            round.back()
        elif step == "undo" and done:
            round.take_back([done[-1]])
        elif step == "redo" and done:
            round.decide_again([done[-1]])
        elif step == "aside":
            round.look_aside(len(done) + 20)
        elif step == "come back":
            round.come_back()
        assert 0 <= round.left <= 4
        assert (round.shown is None) == (round.number is None)
        assert (round.behind is None) == (round.shown == round.number)
        assert round.decided + round.skipped <= 4
        assert (round.number is None) == (round.left == 0)
