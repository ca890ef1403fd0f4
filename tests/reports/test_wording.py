"""Figures in words: the same wherever they are shown."""

from __future__ import annotations

import pytest

from casedesk.reports import Figure, definitions as defined
from casedesk.reports.wording import change_text, interval_text, sample_text, value_text, verdict


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("count", None, "–"),
        ("count", 1204, "1,204"),
        ("points", -12.54, "−12.5"),
        ("points", -0.04, "0.0"),
        ("percent", 85.25, "85.2 %"),
        ("mean", 4.256, "4.26"),
        ("seconds", 0, "0s"),
        ("seconds", 45.4, "45s"),
        ("seconds", 4200, "1h 10m"),
        ("seconds", 86_400, "1d"),
        ("seconds", 86_460, "1d"),
        ("seconds", 273_600, "3d 4h"),
        ("seconds", -60, "−1m"),
    ],
)
def test_a_value_is_written_by_its_unit(unit: str, value: float | None, text: str) -> None:
    assert value_text(unit, value) == text


@pytest.mark.parametrize(
    ("value", "before", "changed", "text", "judged"),
    [
        (12, 10, None, "before 10, up by 2", "worse"),
        (8, 10, True, "before 10, down by 2", "better"),
        (12, 10, False, "before 10, no change beyond chance", ""),
        (10, 10, None, "before 10, the same", ""),
        (None, 10, None, "before 10", ""),
        (10, None, None, "", ""),
    ],
)
def test_a_change_is_told_and_chance_is_not_called_one(
    value: float | None, before: float | None, changed: bool | None, text: str, judged: str
) -> None:
    figure = Figure(defined.OPEN, value, 10, before=before, changed=changed)
    assert (change_text(figure), verdict(figure)) == (text, judged)


def test_an_interval_and_n_are_told() -> None:
    figure = Figure(defined.SHARE_INSIDE, 80.0, 1204, 77.64, 82.2)
    assert interval_text(figure) == "77.6 % to 82.2 %"
    assert sample_text(figure) == "n = 1,204 tickets"


def test_shares_differ_by_percentage_points() -> None:
    assert change_text(Figure(defined.SHARE_INSIDE, 40.0, 12, before=50.0)) == "before 50.0 %, down by 10.0 pp"
