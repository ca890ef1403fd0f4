"""Means, ranks and shares, each with the interval of 95 % within which it lies.

Shares are fractions from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, sqrt

Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: 95 % of it lies within so many standard deviations."""

_T95 = (12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157)
"""The 97.5 % quantiles of Student's t with 1 to 9 degrees of freedom."""

Interval = tuple[float, float]


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


def wilson(hits: int, n: int) -> Interval:
    """The interval of a share (E. B. Wilson, 1927); (0, 1) of nothing."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = hits / n, Z95 * Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At either end the formula gives the share itself, but for rounding.
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    return low, 1.0 if hits == n else min(1.0, middle + half)


def net_promoter_score(promoters: int, passives: int, detractors: int) -> float | None:
    """The share of promoters less that of detractors, from −1 to 1 (behaviour 8.3); None of nothing."""
    n = promoters + passives + detractors
    return (promoters - detractors) / n if n else None


def net_promoter_interval(promoters: int, passives: int, detractors: int) -> Interval | None:
    """The interval of a Net Promoter Score, from −1 to 1; None of nothing.

    The score s is the mean of +1, 0 and −1 with the shares p, 1 − p − d and d, so its variance is that of the
    trinomial: (p + d − s²) / n, and the interval s ± 1.96 · √variance (B. Rocks, Interval Estimation for the “Net
    Promoter Score”, The American Statistician 70, 2016). Where all fell into one group that variance is zero and says
    nothing; then the share of that group has at least the low end of its Wilson interval, and whatever is missing may
    lie anywhere else.
    """
    n = promoters + passives + detractors
    if n == 0:
        return None
    score = (promoters - detractors) / n
    missing = 1 - wilson(n, n)[0]
    if promoters == n:
        return 1 - 2 * missing, 1.0
    if detractors == n:
        return -1.0, 2 * missing - 1
    if passives == n:
        return -missing, missing
    half = Z95 * sqrt(((promoters + detractors) / n - score * score) / n)
    return max(-1.0, score - half), min(1.0, score + half)


def mean_interval(histogram: Mapping[float, int]) -> Interval | None:
    """The interval of the mean of scores, given how often each came: mean ± t · s / √n (Student, 1908).

    `s²` is Σ(x − mean)² / (n − 1) and t has n − 1 degrees of freedom. None where all scores are the same: without any
    spread there is nothing to tell by.
    """
    if len(histogram) < 2:
        return None
    n = sum(histogram.values())
    middle = sum(score * count for score, count in histogram.items()) / n
    squares = sum((score - middle) ** 2 * count for score, count in histogram.items())
    half = student_t(n - 1) * sqrt(squares / (n - 1) / n)
    return middle - half, middle + half


def student_t(degrees: int) -> float:
    """The 97.5 % quantile of Student's t.

    From ten degrees on by its expansion around the normal quantile, right to five digits (Abramowitz and Stegun,
    26.7.5).
    """
    if degrees <= len(_T95):
        return _T95[degrees - 1]
    z, v = Z95, degrees
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )


def difference_interval(now: float, within: Interval, before: float, was_within: Interval) -> Interval:
    """The interval of `now − before`, each of which has its own (G. Y. Zou and A. Donner, 2008).

    Of intervals by a standard error it is the usual one, by the sum of the variances; of Wilson's it is R. G.
    Newcombe's tenth method (1998).
    """
    change = now - before
    low = change - sqrt((now - within[0]) ** 2 + (was_within[1] - before) ** 2)
    high = change + sqrt((within[1] - now) ** 2 + (before - was_within[0]) ** 2)
    return low, high


def has_changed(now: float, within: Interval, before: float, was_within: Interval) -> bool:
    """Whether the interval of the difference excludes zero: only then is it a change (behaviour 8.3)."""
    low, high = difference_interval(now, within, before, was_within)
    return low > 0 or high < 0
