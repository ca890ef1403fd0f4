"""From the whole seconds of the database to aware instants and back."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(seconds: int) -> datetime:
    """Seconds since 1970 as an instant in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def optional_moment(seconds: int | None) -> datetime | None:
    """The same, where there may be none."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
