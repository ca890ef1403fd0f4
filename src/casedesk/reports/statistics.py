"""Means, ranks and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: 95 % of it lies within so many standard deviations."""


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    return sum(values) / len(values) if values else None


def median(ordered: Sequence[float]) -> float | None:
    """The middle of values in order, or the mean of the middle two; None of nothing."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def nearest_rank(ordered: Sequence[float], percent: int) -> float | None:
    """The value at or below which `percent` of the values in order lie, by the nearest rank; None of nothing."""
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)] if ordered else None


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), as shares from 0 to 1; (0, 1) of nothing."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = hits / n, Z95 * Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)
