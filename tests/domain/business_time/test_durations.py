"""Durations as people write them, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.business_time import duration_seconds, duration_text
from casedesk.domain.errors import InvalidInput

HOUR = 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4h", 4 * HOUR),
        ("90m", 5400),
        ("90min", 5400),
        ("1h30m", 5400),
        (" 1 h 30 min ", 5400),
        ("2 days", 48 * HOUR),
        ("1w", 168 * HOUR),
        ("45s", 45),
        ("0m", 0),
        ("1.5h", 5400),
        ("PT4H", 4 * HOUR),
        ("pt30m", 1800),
        ("PT9H48M17S", 35297),
        ("P1D", 24 * HOUR),
        ("P1DT2H", 26 * HOUR),
        ("P2W", 336 * HOUR),
        ("PT0,5H", 1800),
        ("PT0S", 0),
    ],
)
def test_a_duration_is_seconds(text: str, seconds: int) -> None:
    assert duration_seconds(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "4", "h", "4x", "1h1h", "30m1h", "P", "PT", "P1DT", "PT1H1H", "1h-30m", "²h", "٤h"]
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="isn't a duration"):
        duration_seconds(text)


@pytest.mark.parametrize("text", ["1mo", "2 months", "1y", "P1Y", "P3M", "P1Y2DT3H"])
def test_months_and_years_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="Months and years have no fixed length"):
        duration_seconds(text)


@pytest.mark.parametrize("text", ["-4h", "-PT4H", "−1h"])
def test_negative_durations_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="can't be negative"):
        duration_seconds(text)


def test_fractions_of_a_second_and_more_than_a_hundred_years_are_refused() -> None:
    with pytest.raises(InvalidInput, match="whole number of seconds"):
        duration_seconds("0.3s")
    with pytest.raises(InvalidInput, match="100 years"):
        duration_seconds("999999999999h")


@pytest.mark.parametrize(("seconds", "text"), [(0, "0m"), (14400, "4h"), (5400, "1h30m"), (90061, "1d1h1m1s")])
def test_a_duration_is_shown_shortest(seconds: int, text: str) -> None:
    assert duration_text(seconds) == text


@given(seconds=st.integers(0, 10**9))
def test_any_duration_comes_back_from_its_text(seconds: int) -> None:
    assert duration_seconds(duration_text(seconds)) == seconds
