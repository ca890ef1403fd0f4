"""What each figure means, in one place, with its source: screens, exports and the command line all show these words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's id (as in JSON), title and meaning. `unit` is count, seconds, points, percent or mean.

    `better` says where it should go: up, down or nowhere. `of` is what its n counts.
    """

    id: str
    title: str
    unit: str
    text: str
    source: str
    better: str = ""
    of: str = "tickets"


NEW: Final = Definition(
    "new", "New", "count", "Tickets that opened in the period, however they opened.", "M14, behaviour 8.2"
)
CLOSINGS: Final = Definition(
    "closings", "Closings", "count",
    "Every closing in the period; a ticket that was closed twice counts twice. Merging into another is no closing.",
    "behaviour 8.1",
)  # fmt: skip
CLOSED: Final = Definition(
    "closed", "Closed", "count",
    "Tickets with a closing in the period, each counted once, also when it was reopened since. Merged ones aren't.",
    "A5, M14, behaviour 8.1",
)  # fmt: skip
REOPENED: Final = Definition(
    "reopened", "Reopened", "count", "Every reopening of a closed ticket in the period.", "behaviour 8.1", "down"
)
OPEN: Final = Definition(
    "open", "Open", "count",
    "Tickets that were open – new, open or pending – at the end of the period, or now if that is still ahead.",
    "A5, M14", "down",
)  # fmt: skip
AVERAGE_OPEN: Final = Definition(
    "average_open_seconds", "Average open time", "seconds",
    "The mean over the tickets closed in the period of the time from opening to the last closing in the period, "
    "without spans in which the ticket was closed.",
    "A5, M14, behaviour 8.1", "down",
)  # fmt: skip
MEDIAN_OPEN: Final = Definition(
    "median_open_seconds", "Median open time", "seconds",
    "Half of the tickets closed in the period were open for at most this long (the mean of the middle two where their "
    "number is even).",
    "X10", "down",
)  # fmt: skip
P90_OPEN: Final = Definition(
    "p90_open_seconds", "90th percentile", "seconds",
    "Nine of ten tickets closed in the period were open for at most this long (nearest rank).", "X10", "down",
)  # fmt: skip
AGE: Final = Definition(
    "average_age_seconds", "Average age", "seconds",
    "The mean age of the tickets that are open now, from opening until now, without spans in which they were closed.",
    "behaviour 8.1", "down",
)  # fmt: skip
INSIDE: Final = Definition(
    "inside", "Inside", "count",
    "Tickets closed in the period, and closed still, whose resolution target was met: closed at or before it was due.",
    "A4, A6", "up",
)  # fmt: skip
OUTSIDE: Final = Definition(
    "outside", "Outside", "count",
    "Tickets closed in the period, and closed still, that were closed after their resolution was due.", "A6", "down",
)  # fmt: skip
SHARE_INSIDE: Final = Definition(
    "inside_percent", "Inside, %", "percent",
    "Inside of all that were closed in the period with a resolution target, with the 95 % interval of Wilson.",
    "A6, X10; Wilson 1927", "up",
)  # fmt: skip
RUNNING: Final = Definition(
    "running", "Running", "count", "Open tickets with a resolution target that isn't past now.", "A6"
)
OVERDUE: Final = Definition(
    "overdue", "Overdue", "count", "Open tickets whose resolution is past due now.", "A6, behaviour 3.7", "down"
)
