"""What holds for every calendar, whatever its hours (behaviour 3.2, 3.5, 3.7)."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given, settings, strategies as st

from casedesk.domain.business_time import Kind, NoDeadline, deadline, elapsed, spans
from tests.domain.business_time.strategies import Case, cases, instants, pauses_in

SECONDS = st.integers(0, 400_000)


def reaches(case: Case) -> bool:
    """Whether the calendar has working time for good: more than what a holiday or two may take."""
    return elapsed(case.calendar, case.end, case.end + 14 * 86_400) > 0


@settings(deadline=None)
@given(case=cases(), data=st.data())
def test_elapsed_time_adds_up_over_neighbouring_spans(case: Case, data: st.DataObject) -> None:
    a, b, c = sorted(data.draw(st.tuples(*[instants(case, 1)] * 3)))
    pauses = data.draw(pauses_in(case, 1))
    whole = elapsed(case.calendar, a, c, pauses)
    assert elapsed(case.calendar, a, b, pauses) + elapsed(case.calendar, b, c, pauses) == whole
    assert 0 <= whole <= c - a
    assert elapsed(case.calendar, c, a, pauses) == 0


@settings(deadline=None)
@given(case=cases(), data=st.data(), seconds=st.integers(1, 400_000))
def test_a_deadline_is_the_earliest_instant_with_enough_elapsed(case: Case, data: st.DataObject, seconds: int) -> None:
    assume(reaches(case))
    start = data.draw(instants(case, 1))
    pauses = [(low, high) for low, high in data.draw(pauses_in(case, 1)) if high is not None]
    due = deadline(case.calendar, start, seconds, pauses)
    assert elapsed(case.calendar, start, due, pauses) == seconds
    assert elapsed(case.calendar, start, due - 1, pauses) == seconds - 1


@settings(deadline=None)
@given(case=cases(), data=st.data(), seconds=st.integers(1, 400_000))
def test_paused_time_puts_a_deadline_off_by_its_working_time(case: Case, data: st.DataObject, seconds: int) -> None:
    assume(reaches(case))
    start = data.draw(instants(case, 1))
    pauses = [(low, high) for low, high in data.draw(pauses_in(case, 1)) if high is not None]
    due = deadline(case.calendar, start, seconds, pauses)
    paused = elapsed(case.calendar, start, due) - elapsed(case.calendar, start, due, pauses)
    assert due == deadline(case.calendar, start, seconds + paused)


@settings(deadline=None)
@given(case=cases(), data=st.data())
def test_with_no_seconds_the_deadline_is_the_next_second_that_counts(case: Case, data: st.DataObject) -> None:
    assume(reaches(case))
    start = data.draw(instants(case, 1))
    pauses = [(low, high) for low, high in data.draw(pauses_in(case, 1)) if high is not None]
    due = deadline(case.calendar, start, 0, pauses)
    assert due >= start
    assert elapsed(case.calendar, start, due, pauses) == 0
    assert elapsed(case.calendar, due, due + 1, pauses) == 1


@settings(deadline=None)
@given(case=cases(), data=st.data(), fewer=SECONDS, more=SECONDS)
def test_later_starts_and_longer_durations_never_come_due_earlier(
    case: Case, data: st.DataObject, fewer: int, more: int
) -> None:
    assume(reaches(case))
    fewer, more = sorted((fewer, more))
    earlier, later = sorted(data.draw(st.tuples(instants(case, 1), instants(case, 1))))
    assert deadline(case.calendar, earlier, fewer) <= deadline(case.calendar, later, fewer)
    assert deadline(case.calendar, earlier, fewer) <= deadline(case.calendar, earlier, more) or fewer == 0


@settings(deadline=None)
@given(case=cases(), data=st.data(), first=SECONDS, second=st.integers(1, 400_000))
def test_deadlines_follow_one_another(case: Case, data: st.DataObject, first: int, second: int) -> None:
    assume(reaches(case))
    start = data.draw(instants(case, 1))
    between = deadline(case.calendar, start, first)
    assert deadline(case.calendar, between, second) == deadline(case.calendar, start, first + second)


@settings(deadline=None)
@given(case=cases(), data=st.data())
def test_spans_cover_everything_once_and_add_up(case: Case, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(instants(case, 1), instants(case, 1))))
    pauses, closed = data.draw(pauses_in(case, 1)), data.draw(pauses_in(case, 1))
    found = spans(case.calendar, start, end, pauses, closed)
    if start == end:
        assert found == ()
        return
    assert (found[0].start, found[-1].end) == (start, end)
    assert all(before.end == after.start for before, after in pairwise(found))
    assert all((before.kind, before.name) != (after.kind, after.name) for before, after in pairwise(found))
    assert all(span.seconds > 0 for span in found)
    counted = sum(span.seconds for span in found if span.kind is Kind.COUNTED)
    assert counted == elapsed(case.calendar, start, end, [*pauses, *closed])
    assert sum(span.working for span in found) == elapsed(case.calendar, start, end)
    assert all(0 <= span.working <= span.seconds for span in found)


@settings(deadline=None)
@given(case=cases(), data=st.data(), seconds=SECONDS)
def test_a_pause_without_an_end_leaves_a_deadline_only_before_it(case: Case, data: st.DataObject, seconds: int) -> None:
    assume(reaches(case))
    start, low = data.draw(instants(case, 1)), data.draw(instants(case, 1))
    without = deadline(case.calendar, start, seconds)
    try:
        due = deadline(case.calendar, start, seconds, [(low, None)])
    except NoDeadline:
        due = -1
    before_the_pause = without < low or (without == low and seconds > 0)
    assert due == (without if before_the_pause else -1)
