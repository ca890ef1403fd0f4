"""Timers from a ticket's history (behaviour 3.4 to 3.7)."""

from __future__ import annotations

from casedesk.domain.business_time import Calendar, parse_hours
from casedesk.domain.sla import FIRST_RESPONSE, NEXT_REPLY, RESOLUTION, History, Run, Target, Timer, runs, timers

HOUR = 3600
DAWN = 1_769_990_400
"""Monday, 2 February 2026, 00:00 UTC."""
OFFICE = Calendar("UTC", parse_hours("mon-fri 09:00-17:00"))
ALWAYS = Calendar("UTC", parse_hours("24x7"))


def at(hours: float) -> int:
    return DAWN + round(hours * HOUR)


def moves(*pairs: tuple[float, str]) -> tuple[tuple[int, str], ...]:
    return tuple((at(hours), state) for hours, state in pairs)


def resolution(history: History, target: Target, calendar: Calendar = OFFICE) -> Timer:
    (timer,) = timers(history, {RESOLUTION: target}, calendar)
    return timer


def test_a_resolution_is_due_after_so_many_working_hours() -> None:
    timer = resolution(History(at(16)), Target(2 * HOUR))
    assert (timer.due_at, timer.met_at, timer.stopped_at) == (at(24 + 10), None, None)


def test_a_warning_comes_that_much_working_time_earlier() -> None:
    assert resolution(History(at(16)), Target(8 * HOUR, warn=HOUR)).warn_at == at(24 + 15)


def test_a_warning_waits_until_a_quarter_of_the_time_is_left() -> None:
    assert resolution(History(at(9)), Target(2 * HOUR, warn=8 * HOUR)).warn_at == at(10.5)


def test_without_a_warning_none_comes() -> None:
    assert resolution(History(at(9)), Target(2 * HOUR)).warn_at is None


def test_closing_meets_the_resolution() -> None:
    timer = resolution(History(at(9), states=moves((10, "open"), (11, "closed"))), Target(4 * HOUR))
    assert (timer.due_at, timer.met_at) == (at(13), at(11))


def test_pending_counts_unless_the_timer_pauses() -> None:
    history = History(at(9), states=moves((10, "pending"), (11, "open")))
    assert resolution(history, Target(4 * HOUR)).due_at == at(13)
    assert resolution(history, Target(4 * HOUR, pauses=True)).due_at == at(14)


def test_only_working_time_is_paused() -> None:
    history = History(at(9), states=moves((16, "pending"), (24 + 10, "open")))
    assert resolution(history, Target(8 * HOUR, pauses=True)).due_at == at(24 + 11)


def test_a_timer_that_is_paused_now_has_no_due_instant() -> None:
    timer = resolution(History(at(9), states=moves((10, "pending"))), Target(4 * HOUR, pauses=True))
    assert (timer.due_at, timer.warn_at, timer.ended_at) == (None, None, None)


def test_what_was_due_before_the_pause_stays_due() -> None:
    timer = resolution(History(at(9), states=moves((14, "pending"))), Target(4 * HOUR, pauses=True))
    assert timer.due_at == at(13)


def test_the_closed_span_is_left_out_after_reopening() -> None:
    history = History(at(9), states=moves((10, "closed"), (12, "open")))
    timer = resolution(history, Target(4 * HOUR))
    assert (timer.due_at, timer.met_at, timer.closed) == (at(15), None, ((at(10), at(12)),))


def test_a_ticket_that_came_pending_pauses_from_its_opening() -> None:
    history = History(at(9), state="pending", states=moves((12, "closed")))
    timer = resolution(history, Target(HOUR, pauses=True))
    assert (timer.due_at, timer.met_at) == (at(13), at(12))


def test_a_merged_ticket_has_nothing_that_runs_and_met_nothing() -> None:
    history = History(at(9), states=moves((10, "closed")), merged=True)
    assert list(runs(history)) == [
        Run(RESOLUTION, at(9), None, at(10)),
        Run(FIRST_RESPONSE, at(9), None, at(10)),
    ]


def test_the_first_message_by_a_person_meets_the_first_response() -> None:
    assert Run(FIRST_RESPONSE, at(9), at(10), None) in list(runs(History(at(9), answers=(at(10), at(11)))))


def test_closing_without_an_answer_stops_the_first_response() -> None:
    assert Run(FIRST_RESPONSE, at(9), None, at(10)) in list(runs(History(at(9), states=moves((10, "closed")))))


def test_reopening_without_an_answer_lets_the_first_response_run_on() -> None:
    history = History(at(9), states=moves((10, "closed"), (11, "open")))
    (timer,) = timers(history, {FIRST_RESPONSE: Target(2 * HOUR)}, OFFICE)
    assert (timer.ended_at, timer.due_at) == (None, at(12))


def replies(history: History) -> list[Run]:
    return [run for run in runs(history) if run.kind == NEXT_REPLY]


def test_a_next_reply_runs_from_the_oldest_message_that_waits() -> None:
    history = History(at(9), answers=(at(10), at(14)), inquiries=(at(11), at(12)))
    assert replies(history) == [Run(NEXT_REPLY, at(11), at(14), None)]


def test_there_is_no_next_reply_before_the_first_response() -> None:
    assert replies(History(at(9), inquiries=(at(9), at(10)))) == []
    assert replies(History(at(9), inquiries=(at(9.5),), answers=(at(10),))) == []


def test_each_question_gets_its_own_next_reply() -> None:
    history = History(at(9), answers=(at(10), at(12)), inquiries=(at(11), at(13)))
    assert replies(history) == [Run(NEXT_REPLY, at(11), at(12), None), Run(NEXT_REPLY, at(13), None, None)]


def test_closing_stops_the_next_reply_and_reopening_starts_one() -> None:
    history = History(at(9), answers=(at(10),), inquiries=(at(11),), states=moves((12, "closed"), (14, "open")))
    assert replies(history) == [Run(NEXT_REPLY, at(11), None, at(12)), Run(NEXT_REPLY, at(14), None, None)]


def test_reopening_starts_no_next_reply_before_the_first_response() -> None:
    assert replies(History(at(9), states=moves((12, "closed"), (14, "open")))) == []


def test_targets_decide_which_timers_there_are() -> None:
    history = History(at(9), answers=(at(10),), inquiries=(at(11),))
    wanted = {FIRST_RESPONSE: Target(HOUR), NEXT_REPLY: Target(2 * HOUR), RESOLUTION: Target(8 * HOUR)}
    assert [(timer.kind, timer.due_at) for timer in timers(history, wanted, ALWAYS)] == [
        (RESOLUTION, at(17)),
        (FIRST_RESPONSE, at(10)),
        (NEXT_REPLY, at(13)),
    ]
    assert timers(history, {}, ALWAYS) == []
