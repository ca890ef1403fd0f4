"""Figures with an interval, set beside those of the period before (behaviour 8.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.reports.statistics import Interval, has_changed, wilson
from casedesk.reports.values import Figure

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.values import Rows


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with its n and, where it has one, its 95 % interval; value and interval in the definition's unit.
    `tickets` are how many the n belongs to, where it isn't of tickets itself."""

    value: float | None
    n: int
    within: Interval | None = None
    tickets: int | None = None


def counted(count: int) -> Measured:
    """A count, which is its own n."""
    return Measured(count, count)


def percentage(share: float | None, n: int, within: Interval | None) -> Measured:
    """A share, or a difference of shares, as percent; nothing where there is none."""
    if share is None or within is None:
        return Measured(None, n)
    return Measured(100 * share, n, (100 * within[0], 100 * within[1]))


def share_of(hits: int, n: int) -> Measured:
    """How many percent of `n` the `hits` are, with the interval of Wilson."""
    return percentage(hits / n, n, wilson(hits, n)) if n else Measured(None, 0)


def figure(definition: Definition, now: Measured, before: Measured | None, rows: Rows | None) -> Figure:
    """The figure of a definition. Points and percent have one decimal, as everybody shows them (behaviour 8.3)."""
    low, high = now.within or (None, None)
    return Figure(
        definition,
        _rounded(definition, now.value),
        now.n,
        low=_rounded(definition, low),
        high=_rounded(definition, high),
        before=_rounded(definition, before.value) if before is not None else None,
        changed=_changed(now, before),
        rows=rows,
        tickets=now.tickets,
    )


def _changed(now: Measured, before: Measured | None) -> bool | None:
    """Whether they differ by more than chance; None where an interval is missing to judge by."""
    if before is None or now.value is None or before.value is None or now.within is None or before.within is None:
        return None
    return has_changed(now.value, now.within, before.value, before.within)


def _rounded(definition: Definition, value: float | None) -> float | None:
    if value is None or definition.unit not in {"points", "percent"}:
        return value
    return round(value, 1) + 0.0  # 0 is never −0
