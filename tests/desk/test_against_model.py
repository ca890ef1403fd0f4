"""Thousands of random acts by several people: the desk and a plain model of it agree after each of them (X3)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.desk.model_run import run

ACTS = 250
"""In each life; `python -m tests.desk.model_run` does more of them over more seeds."""


@pytest.mark.parametrize("seed", range(8))
def test_desk_and_model_agree_through_a_life_of_random_acts(tmp_path: Path, seed: int) -> None:
    assert sum(run(seed, ACTS, tmp_path).values()) == ACTS


def test_the_same_seed_draws_the_same_life(tmp_path: Path) -> None:
    lives: list[Counter[str]] = []
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        lives.append(run(5, 40, tmp_path / place))
    assert lives[0] == lives[1]
