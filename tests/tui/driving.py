"""Driving the interface in tests: the app on a desk, its screen as text, and waiting for what comes from threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.settings.preferences import Preferences
from casedesk.tui.app import CasedeskApp, open_desk
from casedesk.tui.screens.triage import TriageScreen
from casedesk.tui.widgets.key_line import KeyLine

NEVER = 3600.0


def app_on(desk: Desk, *, poll_seconds: float = NEVER, **preferences: Any) -> CasedeskApp:
    """The app on a desk; it looks for what others change as good as never, unless told otherwise."""
    return CasedeskApp(open_desk(desk), Preferences(**preferences), poll_seconds=poll_seconds)


@asynccontextmanager
async def opened(
    desk: Desk, size: tuple[int, int] = (140, 40), **options: Any
) -> AsyncIterator[tuple[Pilot[None], TriageScreen]]:
    """The app, running, with its first ticket shown."""
    app = app_on(desk, **options)
    async with app.run_test(size=size) as pilot:
        screen = triage(pilot)
        if screen.tickets.numbers:
            await until(pilot, lambda: screen.detail.ticket is not None)
        await quiet(pilot)
        yield pilot, screen


def triage(pilot: Pilot[None]) -> TriageScreen:
    """The triage screen."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, TriageScreen)
    return screen


async def until(pilot: Pilot[Any], condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until the condition holds; fail when it doesn't in time."""
    for _ in range(int(seconds / 0.01)):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"not so after {seconds} s; the screen:\n{text_of(pilot)}")


async def quiet(pilot: Pilot[Any]) -> None:
    """Wait until every thread has answered (the one that follows the desk apart) and everything is drawn."""
    while True:
        await pilot.pause()
        if not [worker for worker in pilot.app.workers if worker.group != "follow" and not worker.is_finished]:
            break
        await asyncio.sleep(0.005)
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other and wait until everything has come to rest."""
    await pilot.press(*keys)
    await quiet(pilot)


def lines_of(pilot: Pilot[Any]) -> list[str]:
    """The screen as text, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def text_of(pilot: Pilot[Any]) -> str:
    """The screen as text."""
    return "\n".join(lines_of(pilot))


def told(pilot: Pilot[Any]) -> list[str]:
    """What the user was told: in the corner, oldest first, and then in the bottom line."""
    toasts = [notification.message for notification in pilot.app._notifications]
    lines = [line for screen in pilot.app.screen_stack for line in screen.query(KeyLine)]
    return [*toasts, *(line.message for line in lines if line.message)]
