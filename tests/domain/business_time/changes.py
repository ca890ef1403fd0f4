"""Clock changes to count working time around."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

YEARS = {
    "Europe/Berlin": (2008, 2030),
    "America/New_York": (2005, 2030),
    "Australia/Lord_Howe": (2005, 2030),  # half an hour
    "Asia/Kathmandu": (1985, 1987),  # from +05:30 to +05:45, at midnight
    "America/Sao_Paulo": (2008, 2020),  # midnight is skipped
    "America/Havana": (2012, 2026),  # midnight comes twice
    "Pacific/Apia": (2009, 2013),  # 30 December 2011 is skipped
}
"""Zones, and the years whose changes are looked at."""

_HOUR = 3600


@cache
def clock_changes(zone: str) -> tuple[int, ...]:
    """The instants in the zone's years at which its offset changes."""
    info = ZoneInfo(zone)
    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in YEARS[zone])

    def offset(at: int) -> object:
        return datetime.fromtimestamp(at, info).utcoffset()

    changes = []
    for day in range(first - 24 * _HOUR, last, 24 * _HOUR):
        low, high = day, day + 24 * _HOUR
        if offset(low) == offset(high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
        changes.append(high)
    return tuple(changes)


ALL_CHANGES = tuple((zone, at) for zone in YEARS for at in clock_changes(zone))
