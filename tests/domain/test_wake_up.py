"""When a pending ticket wakes up: what people write, in the desk's zone (behaviour 1.5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.errors import InvalidInput
from casedesk.domain.wake_up import checked_wake_up, wake_instant

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)  # 13:00 in Berlin, a Saturday


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2h", datetime(2026, 1, 31, 14, 0, tzinfo=UTC)),
        ("3d", datetime(2026, 2, 3, 12, 0, tzinfo=UTC)),
        ("+2w", datetime(2026, 2, 14, 12, 0, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 1, 31, 23, 0, tzinfo=UTC)),
        ("Tomorrow 9:00", datetime(2026, 2, 1, 8, 0, tzinfo=UTC)),
        ("today 17:30", datetime(2026, 1, 31, 16, 30, tzinfo=UTC)),
        ("next week", datetime(2026, 2, 1, 23, 0, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 11, 30, 23, 0, tzinfo=UTC)),
        ("2026-12-01  09:00", datetime(2026, 12, 1, 8, 0, tzinfo=UTC)),
        ("2026-07", datetime(2026, 6, 30, 22, 0, tzinfo=UTC)),
    ],
)
def test_a_text_is_an_instant_in_the_desks_zone(text: str, instant: datetime) -> None:
    assert wake_instant(text, NOW, BERLIN) == instant


def test_days_keep_the_time_on_the_wall_when_the_clocks_change() -> None:
    before = datetime(2026, 3, 28, 9, 0, tzinfo=BERLIN)
    assert wake_instant("1d", before, BERLIN) == datetime(2026, 3, 29, 9, 0, tzinfo=BERLIN).astimezone(UTC)


def test_a_time_that_is_skipped_moves_forward() -> None:
    assert wake_instant("2026-03-29 02:30", NOW, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["-3d", "yesterday", "2025-12-01", "today", "now", "last-week", "today 13:00"])
def test_the_past_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="can't wake up in the past"):
        wake_instant(text, NOW, BERLIN)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "tomorrow 25:00", "3 elephants", "9:00"])
def test_what_is_no_instant_is_refused_with_what_is(text: str) -> None:
    with pytest.raises(InvalidInput, match="write 3d, 2h, tomorrow"):
        wake_instant(text, NOW, BERLIN)


@pytest.mark.parametrize("text", ["999999d", "9998-01-01", "300y"])
def test_nobody_means_more_than_ten_years(text: str) -> None:
    with pytest.raises(InvalidInput, match="more than ten years"):
        wake_instant(text, NOW, BERLIN)


@given(st.text(max_size=30))
def test_any_text_is_an_instant_ahead_or_refused(text: str) -> None:
    try:
        instant = wake_instant(text, NOW, BERLIN)
    except InvalidInput:
        return
    assert NOW < instant <= NOW + timedelta(days=3660)


def test_an_instant_is_kept_in_whole_seconds() -> None:
    later = NOW + timedelta(hours=1, microseconds=7)
    assert checked_wake_up(later, NOW) == NOW + timedelta(hours=1)
