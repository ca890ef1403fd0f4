"""When a message was written, as people say it, and how a message is headed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.errors import InvalidInput
from casedesk.domain.messages import checked_written, heading, in_words, written_instant

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 1, 31, 11, 0, tzinfo=UTC)
"""Noon in Berlin."""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", "2026-01-31 11:00"),
        ("now", "2026-01-31 11:00"),
        ("30m", "2026-01-31 10:30"),
        ("2h ago", "2026-01-31 09:00"),
        ("1d", "2026-01-30 11:00"),
        ("9:05", "2026-01-31 08:05"),
        ("today 09:05", "2026-01-31 08:05"),
        ("  Yesterday   18:30 ", "2026-01-30 17:30"),
        ("2026-01-20 18:30", "2026-01-20 17:30"),
        ("2026-01-20T18:30Z", "2026-01-20 18:30"),
        ("2026-01-20", "2026-01-19 23:00"),
    ],
)
def test_an_instant_is_read_in_the_desks_zone(text: str, meant: str) -> None:
    assert f"{written_instant(text, NOON, BERLIN):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize("text", ["12:01", "tomorrow", "+2h", "2027-01-01"])
def test_an_instant_ahead_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="can't have been written in the future"):
        written_instant(text, NOON, BERLIN)


@pytest.mark.parametrize("text", ["soon", "25:00", "12:60", "2026-02-30", "-"])
def test_what_is_no_instant_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InvalidInput, match="write now, 2h, 10:30, yesterday 10:30"):
        written_instant(text, NOON, BERLIN)


@given(st.text(max_size=20))
def test_any_text_is_an_instant_in_the_past_or_refused(text: str) -> None:
    try:
        found = written_instant(text, NOON, BERLIN)
    except InvalidInput:
        return
    assert found <= NOON


def test_an_instant_keeps_whole_seconds() -> None:
    assert checked_written(datetime(2026, 1, 31, 11, 59, 59, 999, tzinfo=BERLIN), NOON) == NOON.replace(
        hour=10, minute=59, second=59
    )


def test_a_heading_says_way_channel_and_that_nobody_wrote_it() -> None:
    assert heading("out", "phone", automatic=False) == "→ phone"
    assert heading("in", "email", automatic=True) == "← e-mail, automatic"


def test_a_heading_is_said_in_words() -> None:
    assert in_words("→ phone") == "to the customer, phone"
    assert in_words("← e-mail, automatic") == "from the customer, e-mail, automatic"
    assert in_words("note") == "note"
