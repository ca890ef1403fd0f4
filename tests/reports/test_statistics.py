"""Intervals: known values, bounds, symmetry, and what they say of a change (behaviour 8.3)."""

from __future__ import annotations

import random
from collections import Counter
from math import sqrt
from statistics import NormalDist, stdev

import pytest
from hypothesis import assume, given, strategies as st

from casedesk.reports.statistics import (
    Z95,
    difference_interval,
    has_changed,
    mean_interval,
    net_promoter_interval,
    net_promoter_score,
    student_t,
    wilson,
)

counts = st.integers(0, 5000)
groups = st.tuples(counts, counts, counts)
some = groups.filter(any)
mixed = groups.filter(lambda found: found.count(0) < 2)


def test_the_quantile_is_that_of_the_normal_distribution() -> None:
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-12) == Z95


def test_nothing_has_no_score_and_no_interval() -> None:
    assert net_promoter_score(0, 0, 0) is None
    assert net_promoter_interval(0, 0, 0) is None
    assert mean_interval({}) is None
    assert wilson(0, 0) == (0, 1)


def test_a_known_nps() -> None:
    """Eight promoters, nine passives, 22 detractors: −35.9, and 1.96 standard errors of 12.8 on either side."""
    assert net_promoter_score(8, 9, 22) == pytest.approx(-0.358974, abs=1e-6)
    low, high = net_promoter_interval(8, 9, 22) or (0, 0)
    assert (low, high) == (pytest.approx(-0.61013, abs=1e-5), pytest.approx(-0.10782, abs=1e-5))


@given(mixed)
def test_the_interval_is_that_of_a_mean_of_one_zero_and_minus_one(found: tuple[int, int, int]) -> None:
    promoters, passives, detractors = found
    n = sum(found)
    mean = (promoters - detractors) / n
    squares = promoters * (1 - mean) ** 2 + passives * mean**2 + detractors * (1 + mean) ** 2
    half = Z95 * sqrt(squares / n / n)
    assert net_promoter_interval(*found) == (
        pytest.approx(max(-1, mean - half), abs=1e-9), pytest.approx(min(1, mean + half), abs=1e-9),
    )  # fmt: skip


@given(some)
def test_an_nps_lies_in_its_interval_and_that_within_the_scale(found: tuple[int, int, int]) -> None:
    score, interval = net_promoter_score(*found), net_promoter_interval(*found)
    assert score is not None
    assert interval is not None
    assert -1 <= interval[0] <= score <= interval[1] <= 1
    assert interval[0] < interval[1]


@given(some)
def test_promoters_and_detractors_are_alike_but_for_the_sign(found: tuple[int, int, int]) -> None:
    low, high = net_promoter_interval(*found) or (0, 0)
    assert net_promoter_interval(*reversed(found)) == (pytest.approx(-high, abs=1e-12), pytest.approx(-low, abs=1e-12))


@given(st.sampled_from([(1, 0, 0), (0, 1, 0), (0, 0, 1)]), st.integers(1, 200))
def test_scores_that_are_all_in_one_group_leave_room_for_others(group: tuple[int, int, int], n: int) -> None:
    """Their variance is zero, yet one answer tells little; the more there are the more it tells."""
    first, more = (net_promoter_interval(*(n * times * part for part in group)) for times in (1, 2))
    assert first is not None
    assert more is not None
    assert 0 < more[1] - more[0] < first[1] - first[0]


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_a_share_lies_in_its_interval_and_that_within_nought_and_one(hits: int, others: int) -> None:
    n = hits + others
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
    assert wilson(others, n) == (pytest.approx(1 - high, abs=1e-9), pytest.approx(1 - low, abs=1e-9))


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(10, 100, 0.0552, 0.1744), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)],
)
def test_known_intervals_of_wilson(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("degrees", "quantile"),
    [(1, 12.7062), (2, 4.3027), (9, 2.2622), (10, 2.2281), (15, 2.1314), (30, 2.0423), (120, 1.9799), (10**6, 1.96)],
)
def test_quantiles_of_student(degrees: int, quantile: float) -> None:
    assert student_t(degrees) == pytest.approx(quantile, abs=6e-5)


def test_a_known_interval_of_a_mean() -> None:
    """The mean is 3.6, s² = 24.4 / 9, and t with nine degrees of freedom 2.2622."""
    assert mean_interval({1: 2, 2: 1, 4: 3, 5: 4}) == (pytest.approx(2.4221, abs=1e-4), pytest.approx(4.7779, abs=1e-4))


@given(st.lists(st.integers(1, 7), min_size=2, max_size=60))
def test_the_interval_of_a_mean_is_t_standard_errors_on_either_side(scores: list[int]) -> None:
    interval, mean = mean_interval(Counter(map(float, scores))), sum(scores) / len(scores)
    if len(set(scores)) == 1:
        assert interval is None
        return
    half = student_t(len(scores) - 1) * stdev(scores) / sqrt(len(scores))
    assert interval == (pytest.approx(mean - half, abs=1e-9), pytest.approx(mean + half, abs=1e-9))


@given(mixed, mixed)
def test_the_difference_of_two_nps_goes_by_the_sum_of_their_variances(
    now: tuple[int, int, int], before: tuple[int, int, int]
) -> None:
    (a, a_in), (b, b_in) = ((net_promoter_score(*one), net_promoter_interval(*one)) for one in (now, before))
    assert a is not None
    assert b is not None
    assert a_in is not None
    assert b_in is not None
    assume(max(map(abs, (*a_in, *b_in))) < 1)
    half = sqrt((a_in[1] - a) ** 2 + (b_in[1] - b) ** 2)
    expected = (pytest.approx(a - b - half, abs=1e-9), pytest.approx(a - b + half, abs=1e-9))
    assert difference_interval(a, a_in, b, b_in) == expected


def test_a_known_difference_of_shares() -> None:
    """Newcombe 1998, table II (a): 56 of 70 and 48 of 80."""
    low, high = difference_interval(56 / 70, wilson(56, 70), 48 / 80, wilson(48, 80))
    assert (low, high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


@given(some, some)
def test_turning_the_periods_round_turns_a_change_round(
    now: tuple[int, int, int], before: tuple[int, int, int]
) -> None:
    (a, a_in), (b, b_in) = ((net_promoter_score(*one), net_promoter_interval(*one)) for one in (now, before))
    assert a is not None
    assert b is not None
    assert a_in is not None
    assert b_in is not None
    low, high = difference_interval(a, a_in, b, b_in)
    assert low <= a - b <= high
    assert difference_interval(b, b_in, a, a_in) == (pytest.approx(-high, abs=1e-12), pytest.approx(-low, abs=1e-12))
    assert has_changed(a, a_in, b, b_in) == has_changed(b, b_in, a, a_in)
    assert not has_changed(a, a_in, a, a_in)


def test_the_interval_holds_the_true_nps_about_nineteen_times_in_twenty() -> None:
    draw = random.Random(8)
    held = 0
    for _ in range(2000):
        found = Counter(draw.choices("pnd", (0.45, 0.3, 0.25), k=120))
        low, high = net_promoter_interval(found["p"], found["n"], found["d"]) or (0, 0)
        held += low <= 0.2 <= high
    assert 0.935 <= held / 2000 <= 0.965
