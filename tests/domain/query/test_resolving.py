"""Dates, durations and `me` mean what people expect, in the desk's zone and across clock changes (behaviour 6.1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from casedesk.domain.query import Context, parse, resolve
from casedesk.domain.query.moments import DATE_WORDS, parse_date, span_of
from casedesk.domain.query.tree import And, Compare, During, FieldRef, Has, Is, Name, Not, Op, Or, Query, negated
from tests.domain.query.moments import BERLIN, NOW, seconds
from tests.domain.query.strategies import queries
from tests.examples import examples

HERE = Context(NOW, BERLIN, "ana")


def during(text: str, context: Context = HERE) -> tuple[int | None, int | None]:
    root = resolve(parse(text), context).root
    assert isinstance(root, During)
    return root.start, root.end


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("today", "2026-01-31 00:00", "2026-02-01 00:00"),
        ("yesterday", "2026-01-30 00:00", "2026-01-31 00:00"),
        ("tomorrow", "2026-02-01 00:00", "2026-02-02 00:00"),
        ("this-week", "2026-01-26 00:00", "2026-02-02 00:00"),
        ("last-week", "2026-01-19 00:00", "2026-01-26 00:00"),
        ("next-week", "2026-02-02 00:00", "2026-02-09 00:00"),
        ("this-month", "2026-01-01 00:00", "2026-02-01 00:00"),
        ("last-month", "2025-12-01 00:00", "2026-01-01 00:00"),
        ("next-month", "2026-02-01 00:00", "2026-03-01 00:00"),
        ("last-quarter", "2025-10-01 00:00", "2026-01-01 00:00"),
        ("this-year", "2026-01-01 00:00", "2027-01-01 00:00"),
        ("last-year", "2025-01-01 00:00", "2026-01-01 00:00"),
        ("2025", "2025-01-01 00:00", "2026-01-01 00:00"),
        ("2025-11", "2025-11-01 00:00", "2025-12-01 00:00"),
        ("2025-q4", "2025-10-01 00:00", "2026-01-01 00:00"),
        ("2026-W05", "2026-01-26 00:00", "2026-02-02 00:00"),
        ("2025-11-20", "2025-11-20 00:00", "2025-11-21 00:00"),
        ("2025-11-20T14:02", "2025-11-20 14:02", "2025-11-20 14:03"),
        ("2025-11-20T13:02Z", "2025-11-20 14:02", "2025-11-20 14:03"),
        ("2025-11-20T13:02:05+00:00", "2025-11-20 14:02:05", "2025-11-20 14:02:06"),
        ('"last month"', "2025-12-01 00:00", "2026-01-01 00:00"),
        ('"2025-11-20 14:02"', "2025-11-20 14:02", "2025-11-20 14:03"),
    ],
)
def test_a_date_stands_for_all_of_what_it_names(date, start, end):
    assert during(f"created:{date}") == (seconds(start), seconds(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("created<2025-11", None, "2025-11-01 00:00"),
        ("created<=2025-11", None, "2025-12-01 00:00"),
        ("created>2025-11", "2025-12-01 00:00", None),
        ("created>=2025-11", "2025-11-01 00:00", None),
        ("created:2025-11-01..2025-11-03", "2025-11-01 00:00", "2025-11-04 00:00"),
        ("created:..2025-11", None, "2025-12-01 00:00"),
        ("created:2025-11..", "2025-11-01 00:00", None),
    ],
)
def test_comparisons_leave_out_or_take_in_the_whole_span(text, start, end):
    assert during(text) == (start and seconds(start), end and seconds(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("created>=7d", "2026-01-24 13:00:00", None),
        ("created<7d", None, "2026-01-24 13:00:00"),
        ("created>24h", "2026-01-30 13:00:01", None),
        ("created:7d", "2026-01-24 13:00:00", "2026-01-31 13:00:01"),
        ("created:last-7d", "2026-01-24 13:00:00", "2026-01-31 13:00:01"),
        ("created:2w..1w", "2026-01-17 13:00:00", "2026-01-24 13:00:01"),
        ("created>=3m", "2026-01-31 12:57:00", None),
        ("created>=2mo", "2025-11-30 13:00:00", None),
        ("created>=1y", "2025-01-31 13:00:00", None),
        ("created>=1d12h", "2026-01-30 01:00:00", None),
        ("created>=1mo1w2d3h30m", "2025-12-22 09:30:00", None),
        ("created:last-1w2d", "2026-01-22 13:00:00", "2026-01-31 13:00:01"),
        ('created>="1h 30m"', "2026-01-31 11:30:00", None),
        ("deadline<2h30m", None, "2026-01-31 15:30:00"),
        ("deadline<2h", None, "2026-01-31 15:00:00"),
        ("deadline:2h", "2026-01-31 13:00:00", "2026-01-31 15:00:01"),
        ("deadline<-2h", None, "2026-01-31 11:00:00"),
        ("deadline:next-1d", "2026-01-31 13:00:00", "2026-02-01 13:00:01"),
        ("deadline<=1mo", None, "2026-02-28 13:00:01"),
    ],
)
def test_a_duration_is_that_long_ago_and_ahead_for_what_lies_ahead(text, start, end):
    assert during(text) == (start and seconds(start), end and seconds(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("age>3d", None, "2026-01-28 13:00:00"),
        ("age>=3d", None, "2026-01-28 13:00:01"),
        ("age<3d", "2026-01-28 13:00:01", None),
        ("age<=3d", "2026-01-28 13:00:00", None),
        ("age:3d", "2026-01-27 13:00:01", "2026-01-28 13:00:01"),
        ("age:1d..3d", "2026-01-28 13:00:00", "2026-01-30 13:00:01"),
        ("age>1d12h", None, "2026-01-30 01:00:00"),
        ("age:1h30m", "2026-01-31 11:29:01", "2026-01-31 11:30:01"),
    ],
)
def test_an_age_is_a_time_of_opening_and_the_older_the_earlier(text, start, end):
    root = resolve(parse(text), HERE).root

    assert root == During(FieldRef("created"), start and seconds(start), end and seconds(end))


def test_idle_counts_from_the_last_change():
    assert resolve(parse("idle>2d"), HERE).root == During(FieldRef("updated"), None, seconds("2026-01-29 13:00"))


def test_a_day_of_a_clock_change_has_its_own_length():
    start, end = during("created:2026-03-29")
    assert (start is not None and end is not None and end - start) == 23 * 3600
    start, end = during("created:2026-10-25")
    assert (start is not None and end is not None and end - start) == 25 * 3600


def test_days_ago_follow_the_wall_clock_and_hours_ago_do_not():
    after_change = Context(datetime(2026, 3, 29, 12, 0, tzinfo=BERLIN), BERLIN, "ana")

    assert during("created>=1d", after_change)[0] == seconds("2026-03-28 12:00")
    assert during("created>=24h", after_change)[0] == seconds("2026-03-28 11:00")


def test_a_skipped_wall_time_moves_forward_and_an_ambiguous_one_is_its_first_occurrence():
    assert during("created>=2026-03-29T02:30")[0] == seconds("2026-03-29 03:30")
    first = int(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0).timestamp())
    assert during("created:2026-10-25T02:30") == (first, first + 60)


def test_a_day_may_begin_after_midnight():
    beirut = Context(NOW, ZoneInfo("Asia/Beirut"), "ana")
    start, _ = during("created:2026-03-29", beirut)

    assert start is not None
    assert datetime.fromtimestamp(start, beirut.zone).strftime("%d %H:%M") == "29 01:00"


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1)),
    st.sampled_from(
        ("Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC")
    ),
    st.sampled_from([word for word in DATE_WORDS if word != "now"]),
)
@settings(deadline=None)
def test_every_named_span_begins_and_ends_with_a_local_day(naive, zone, word):
    where = ZoneInfo(zone)
    date = parse_date(word)
    assert date is not None
    start, end = span_of(date, Context(naive.replace(tzinfo=where), where, ""))

    for edge in (start, end):
        before, there = (datetime.fromtimestamp(at, where).date() for at in (edge - 1, edge))
        assert before < there
    assert timedelta(hours=22) <= timedelta(seconds=end - start) <= timedelta(days=367)


@pytest.mark.parametrize(
    "text", ["created>=99999y", "created<400y", "deadline<99999mo", "created:0001", "created:9998"]
)
def test_the_ends_of_the_calendar_are_no_mistake(text):
    assert isinstance(resolve(parse(text), HERE).root, During)


def test_me_is_who_asks():
    assert resolve(parse("owner:me"), HERE).root == Compare(FieldRef("owner"), Op.EQ, Name("ana"))


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("mine", Compare(FieldRef("owner"), Op.EQ, Name("ana"))),
        ("unassigned", Not(Has(FieldRef("owner")))),
        ("overdue", And((During(FieldRef("deadline"), None, int(NOW.timestamp())), Not(Is("closed"))))),
        (
            "breached",
            Or((Is("breached"), And((During(FieldRef("deadline"), None, int(NOW.timestamp())), Not(Is("closed")))))),
        ),
        (
            "due-soon",
            And(
                (
                    During(FieldRef("deadline"), int(NOW.timestamp()), None),
                    Not(Is("closed")),
                    During(FieldRef("due_soon"), None, int(NOW.timestamp()) + 1),
                )
            ),
        ),
        ("pending", Is("pending")),
        ("paused", Is("paused")),
    ],
)
def test_the_words_behind_is(word, meaning):
    assert resolve(parse(f"is:{word}"), HERE).root == meaning


@pytest.mark.parametrize("test", ["<2h", ">1h", ":7d", ":today,tomorrow", ":2h..", ":*", ":none"])
def test_what_is_due_is_not_closed_and_a_deadline_may_be_past_and_done_with(test):
    unclosed = resolve(parse(f"deadline{test.replace('none', '*')} -is:closed"), HERE).root

    assert unclosed is not None
    assert resolve(parse(f"due{test}"), HERE).root == (negated(unclosed) if test == ":none" else unclosed)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("open_at:2025-11", "2025-11-30 23:59:59"),
        ("open_at:yesterday", "2026-01-30 23:59:59"),
        ("open_at:2025-10-26", "2025-10-26 23:59:59"),  # a day of 25 hours
        ("open_at:2025-11-20T14:02:05", "2025-11-20 14:02:05"),
        ("open_at:7d", "2026-01-24 13:00:00"),
        ("open_at:today", "2026-01-31 13:00:00"),
        ("open_at:2030", "2026-01-31 13:00:00"),
    ],
)
def test_open_at_asks_for_the_end_of_a_day_or_for_now_where_that_is_ahead(text, last):
    assert during(text) == (seconds(last), seconds(last) + 1)


def test_how_what_is_open_stands_to_its_target_depends_on_the_moment():
    now, sla = int(NOW.timestamp()), FieldRef("sla")

    assert resolve(parse("sla:running"), HERE).root == During(sla, now, None)
    assert resolve(parse("sla:overdue"), HERE).root == During(sla, None, now)
    assert resolve(parse("sla:INSIDE"), HERE).root == Compare(sla, Op.EQ, Name("inside"))
    assert resolve(parse("sla:in*,over*"), HERE).root == Or(
        (Compare(sla, Op.EQ, Name("inside")), During(sla, None, now))
    )


@given(queries())
@settings(max_examples=examples(80), deadline=None)
def test_resolving_leaves_nothing_relative_and_is_done_once(query):
    resolved = resolve(query, HERE)

    assert isinstance(resolved, Query)
    assert not any(word in repr(resolved.root) for word in ("Date(", "Duration(", "Me("))
    assert resolved.sort == query.sort
