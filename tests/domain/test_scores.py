"""What a score says (behaviour 5.5)."""

from __future__ import annotations

import pytest

from casedesk.domain.scores import is_positive, nps_group


@pytest.mark.parametrize(
    ("group", "scores"), [("detractor", range(7)), ("passive", (7, 8)), ("promoter", (9, 10))], ids=str
)
def test_the_groups_of_an_nps(group: str, scores: range) -> None:
    assert {nps_group(score) for score in scores} == {group}


@pytest.mark.parametrize(("kind", "last_negative", "highest"), [("csat", 3, 5), ("ces", 4, 7)])
def test_what_is_positive_of_a_csat_and_a_ces(kind: str, last_negative: int, highest: int) -> None:
    assert [score for score in range(1, highest + 1) if is_positive(kind, score)] == list(
        range(last_negative + 1, highest + 1)
    )
