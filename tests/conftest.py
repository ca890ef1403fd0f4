"""What every test may use: a clock that stands still until it is moved, and a small desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from casedesk.desk import Desk

NOON = 1_769_860_800
"""Saturday, 31 January 2026, 12:00 UTC."""


@dataclass
class Clock:
    """Seconds since 1970; `tick` moves it."""

    seconds: float = NOON

    def __call__(self) -> float:
        return self.seconds

    def tick(self, seconds: float = 60) -> None:
        self.seconds += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk_path(tmp_path: Path) -> Path:
    return tmp_path / "small.desk"


@pytest.fixture
def desk(desk_path: Path, clock: Clock) -> Iterator[Desk]:
    """A new desk in Berlin, opened by its administrator ana; ben is an agent, carla a supervisor."""
    with Desk.create(desk_path, user="ana", name="Small desk", zone="Europe/Berlin", clock=clock) as desk:
        desk.team.add_user("ben", role="agent")
        desk.team.add_user("carla", role="supervisor")
        clock.tick()
        yield desk


@pytest.fixture
def ben(desk: Desk) -> Desk:
    """The same desk for the agent ben."""
    return desk.as_user("ben")


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many workers as cores for `-n auto`: tests of the interface wait for half of their time."""
    return 2 * (os.cpu_count() or 1)
