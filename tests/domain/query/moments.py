"""The moment at which the queries of these tests are asked."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
"""A Saturday; 13:00 in Berlin."""


def seconds(text: str) -> int:
    """`2026-01-31 13:00`, Berlin time, as seconds since 1970."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())
