"""From the whole seconds of the database to aware instants and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


def moment(seconds: int) -> datetime:
    """Seconds since 1970 as an instant in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def optional_moment(seconds: int | None) -> datetime | None:
    """The same, where there may be none."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def instant_text(desk: Desk, instant: datetime) -> str:
    """The instant to the minute in the desk's zone, as lines of the feed have it: `2026-12-01 09:00`."""
    return f"{desk.local(instant):%Y-%m-%d %H:%M}"
