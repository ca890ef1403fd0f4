"""What every test may use: a clock that stands still until it is moved, and a small desk."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.made_once import lay

IN_MEMORY = Path("/dev/shm")
"""A folder in memory, where the system has one."""

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
    lay(desk_path, make_small_desk)
    with Desk.open(desk_path, user="ana", clock=clock) as desk:
        clock.tick()
        yield desk


def make_small_desk(path: Path) -> None:
    """The desk of most tests, at noon."""
    with Desk.create(path, user="ana", name="Small desk", zone="Europe/Berlin", clock=Clock()) as desk:
        desk.team.add_user("ben", role="agent")
        desk.team.add_user("carla", role="supervisor")


@pytest.fixture
def ben(desk: Desk) -> Desk:
    """The same desk for the agent ben."""
    return desk.as_user("ben")


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many workers as cores for `-n auto`: tests of the interface wait for half of their time."""
    return 2 * (os.cpu_count() or 1)


def pytest_configure() -> None:
    """Let tests write into memory where there is room: a desk waits for the disk at every change."""
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > 2_000_000_000:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the search for garbage, often while a screen is drawn, needn't look at it again.

    Nor need it look so often: a screen has more objects than Python makes from one search to the next.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
