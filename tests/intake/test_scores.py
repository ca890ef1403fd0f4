"""Scores in the words and forms of exports, and what is no score."""

from __future__ import annotations

import pytest

from casedesk.intake.cells import BadCell
from casedesk.intake.scores import number_in, score_reader


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("9", 9),
        ("9.0", 9),
        ("8,5", 8.5),
        ("-1", -1),
        ("9/10", 9),
        ("9 out of 10", 9),
        ("4 von 5", 4),
        ("10 - Extremely likely", 10),
        ("0 - Not at all likely", 0),
        ("5: Strongly agree", 5),
        ("10 (very likely)", 10),
        ("Stimme voll zu - 5", 5),
        ("Sehr gut (1)", 1),
        ("4 stars", 4),
        ("★★★★☆", 4),
        ("⭐⭐⭐", 3),
    ],
)
def test_a_label_gives_its_number(cell: str, number: float) -> None:
    assert number_in(cell) == number


@pytest.mark.parametrize(
    "cell", ["", "good", "30-44", "2016-01-01", "> 60", "$0 - $24,999", "I have 2 cats", "9" * 300]
)
def test_words_and_ranges_give_no_number(cell: str) -> None:
    assert number_in(cell) is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("11", 'score 11 is out of range 0 to 10 in column "Recommend?"'),
        ("-1", 'score -1 is out of range 0 to 10 in column "Recommend?"'),
        ("7.5", 'score 7.5 is not a whole number from 0 to 10 in column "Recommend?"'),
        ("likely", '"likely" is no score from 0 to 10 in column "Recommend?"'),
        ("4/5", 'score "4/5" is not on the scale 0 to 10 in column "Recommend?"'),
    ],
)
def test_a_bad_score_is_refused_naming_column_value_and_range(cell: str, reason: str) -> None:
    read = score_reader("Recommend?", (0, 10), whole=True)
    with pytest.raises(BadCell) as refusal:
        read(cell)
    assert refusal.value.reason == reason


def test_a_rating_may_have_decimals_on_its_own_scale() -> None:
    read = score_reader("stars", (0, 5), whole=False)
    assert [read("0.0"), read("3.6"), read("3.6")] == [0, 3.6, 3.6]


def test_words_count_what_the_mapping_says() -> None:
    read = score_reader("score", (1, 5), whole=True, labels={"Good": 5, "bad": 1})
    assert [read("good"), read("BAD"), read("3")] == [5, 1, 3]
