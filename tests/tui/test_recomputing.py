"""Working out due times anew: a bar while there is much to do, and a way to stop it (behaviour 3.6)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from casedesk.desk import Desk
from casedesk.tui.modals.progress import ProgressModal
from casedesk.tui.recomputing import Recomputing
from tests.tui.driving import opened, press, quiet, text_of, told, until

Progress = Callable[[int, int], bool]


class ManyTickets:
    """A desk's service levels with 5,000 tickets to work out; the second thousand waits for a sign."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.calls = 0

    @property
    def service_levels(self) -> ManyTickets:
        return self

    def recompute(self, progress: Progress) -> int:
        self.calls += 1
        for done in range(1000, 6000, 1000):
            if not progress(done, 5000):
                return done
            self.go_on.wait(10)
        return 5000


async def start(pilot: Any, desk: ManyTickets) -> Recomputing:
    recomputing = Recomputing(desk)  # type: ignore[arg-type]  # it asks nothing else of a desk
    await pilot.app.screen.mount(recomputing)
    recomputing.start()
    await until(pilot, lambda: isinstance(pilot.app.screen, ProgressModal))
    return recomputing


async def test_it_shows_how_far_it_is_and_says_when_it_is_done(desk: Desk) -> None:
    many = ManyTickets()
    async with opened(desk) as (pilot, _triage):
        await start(pilot, many)
        await until(pilot, lambda: "1,000 of 5,000" in text_of(pilot))
        many.go_on.set()
        await quiet(pilot)
        assert "Due times of 5,000 tickets worked out anew." in told(pilot)


async def test_it_can_be_stopped_and_says_when_it_goes_on(desk: Desk) -> None:
    many = ManyTickets()
    async with opened(desk) as (pilot, _triage):
        await start(pilot, many)
        assert "next sweep" in text_of(pilot)
        await pilot.press("escape")
        many.go_on.set()
        await quiet(pilot)
        assert "the next sweep goes on with the rest" in "".join(told(pilot))


async def test_asked_for_while_it_runs_it_is_done_once_more(desk: Desk) -> None:
    many = ManyTickets()
    async with opened(desk) as (pilot, _triage):
        recomputing = await start(pilot, many)
        recomputing.start()
        recomputing.start()
        many.go_on.set()
        await until(pilot, lambda: many.calls == 2)
        await quiet(pilot)
        await press(pilot)
    assert many.calls == 2
