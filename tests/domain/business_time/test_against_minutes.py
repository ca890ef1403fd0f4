"""The arithmetic beside a model that counts minute by minute, around clock changes of many kinds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from casedesk.domain.business_time import Calendar, Kind, NoDeadline, deadline, elapsed, spans
from tests.domain.business_time.changes import YEARS, clock_changes
from tests.domain.business_time.minutes import WallInterval
from tests.domain.business_time.strategies import Case, case_around, cases, instants, pauses_in
from tests.examples import examples

OFFICE: list[WallInterval] = [(day, 9 * 60, 17 * 60) for day in range(5)]
NIGHTS: list[WallInterval] = [(day, 22 * 60, 6 * 60) for day in range(7)]
ALWAYS: list[WallInterval] = [(day, 0, 1440) for day in range(7)]
EDGES_IN_THE_CHANGE: list[WallInterval] = [
    (day, begins, ends) for day in range(7) for begins, ends in ((10, 50), (75, 135), (150, 165), (200, 23 * 60 + 30))
]
WEEKS = {"office": OFFICE, "nights": NIGHTS, "always": ALWAYS, "edges in the change": EDGES_IN_THE_CHANGE}


def counted_minutes(calendar: Calendar, start: int, end: int) -> set[int]:
    found = [span for span in spans(calendar, start, end) if span.kind is Kind.COUNTED]
    return {minute for span in found for minute in range(span.start, span.end, 60)}


@pytest.mark.parametrize("hours", WEEKS)
@pytest.mark.parametrize("zone", YEARS)
def test_every_clock_change_of_a_zone_counts_as_the_clock_shows_it(zone: str, hours: str) -> None:
    for change in clock_changes(zone):
        case = case_around(zone, change, WEEKS[hours], {}, days=1)
        assert counted_minutes(case.calendar, case.start, case.end) == case.minutes.working, change


@settings(deadline=None)
@given(case=cases())
def test_the_counted_spans_are_the_minutes_that_the_model_counts(case: Case) -> None:
    assert counted_minutes(case.calendar, case.start, case.end) == case.minutes.working


@settings(deadline=None)
@given(case=cases(), data=st.data())
def test_elapsed_time_is_what_the_model_counts(case: Case, data: st.DataObject) -> None:
    start, end = data.draw(instants(case)), data.draw(instants(case))
    pauses = data.draw(pauses_in(case))
    assert elapsed(case.calendar, start, end, pauses) == case.minutes.elapsed(start, end, pauses)


@settings(deadline=None)
@given(case=cases(), data=st.data())
def test_a_deadline_is_where_the_model_has_counted_enough(case: Case, data: st.DataObject) -> None:
    start, pauses = data.draw(instants(case)), data.draw(pauses_in(case))
    seconds = 60 * data.draw(st.integers(0, 3000))
    expected = case.minutes.deadline(start, seconds, pauses)
    try:
        due = deadline(case.calendar, start, seconds, pauses)
    except NoDeadline:
        due = case.end + 1
    assert due == expected if expected is not None else due >= case.end


@settings(deadline=None, max_examples=examples(30))
@given(case=cases(days=1), data=st.data())
def test_seconds_count_as_the_model_counts_them(case: Case, data: st.DataObject) -> None:
    start = data.draw(instants(case, 1))
    end = start + data.draw(st.integers(0, 7200))
    pauses = [(start + low, start + low + length) for low, length in data.draw(PAUSES_OF_SECONDS)]
    seconds = data.draw(st.integers(0, 3600))
    assert elapsed(case.calendar, start, end, pauses) == case.minutes.elapsed(start, min(end, case.end), pauses, 1) + (
        elapsed(case.calendar, case.end, end, pauses)
    )
    expected = case.minutes.deadline(start, seconds, pauses, 1)
    due = deadline(case.calendar, start, seconds, pauses)
    assert due == expected if expected is not None else due >= case.end


PAUSES_OF_SECONDS = st.lists(st.tuples(st.integers(0, 7200), st.integers(0, 1800)), max_size=3)
