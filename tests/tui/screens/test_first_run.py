"""The first run: making a desk, importing into a new one, the demo, leaving, and what can go wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.settings.preferences import Preferences
from casedesk.tui.app import CasedeskApp
from casedesk.tui.screens.assistant import AssistantScreen
from casedesk.tui.screens.first_run import FirstRunScreen, NewDesk, find_zones, make_desk
from casedesk.tui.screens.import_file import ImportScreen
from casedesk.tui.screens.triage import TriageScreen
from tests.conftest import Clock
from tests.tui.driving import NEVER, press, text_of, told, until


@asynccontextmanager
async def first_run(path: Path, clock: Clock, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The interface as it starts without a desk at `path`."""
    passing = path.parent / "passing"
    passing.mkdir(exist_ok=True)
    app = CasedeskApp(
        None, Preferences(), poll_seconds=NEVER, first_screen=lambda: FirstRunScreen(path, passing, clock=clock)
    )
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        await pilot.pause()
        yield pilot
    app.close_desk()


async def test_it_says_where_the_desk_would_be_and_offers_the_ways(desk_path: Path, clock: Clock) -> None:
    async with first_run(desk_path, clock, (140, 24)) as pilot:
        text = text_of(pilot)
        assert str(desk_path) in text
        for way in ("Make a desk", "Import a file", "Look at the demo", "Leave"):
            assert way in text


async def test_a_desk_is_made_with_a_name_and_the_zone_that_stands_there(desk_path: Path, clock: Clock) -> None:
    async with first_run(desk_path, clock) as pilot:
        await press(pilot, "1", *["backspace"] * 20, *"Parcels", "enter", *"berlin", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AssistantScreen))
        await press(pilot, "escape")
        await until(pilot, lambda: "This desk has no tickets yet." in text_of(pilot))
    with Desk.open(desk_path, clock=clock) as desk:
        assert (desk.name, desk.zone.key) == ("Parcels", "Europe/Berlin")
        assert desk.user.role == "administrator"


async def test_enter_alone_makes_a_desk_and_goes_on_with_setting_it_up(desk_path: Path, clock: Clock) -> None:
    async with first_run(desk_path, clock) as pilot:
        await press(pilot, "enter", "enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AssistantScreen))
        await until(pilot, lambda: "Close options · 2 of 7" in text_of(pilot))
    assert desk_path.exists()


async def test_importing_makes_the_desk_first(desk_path: Path, clock: Clock) -> None:
    async with first_run(desk_path, clock) as pilot:
        await press(pilot, "i", "enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TriageScreen)


async def test_the_demo_is_made_where_it_passes(desk_path: Path, clock: Clock) -> None:
    async with first_run(desk_path, clock) as pilot:
        await press(pilot, "3")
        await until(pilot, lambda: isinstance(pilot.app.screen, TriageScreen), 60)
    assert not desk_path.exists()
    assert (desk_path.parent / "passing" / "demo.desk").exists()


@pytest.mark.parametrize("key", ["escape", "q", "4"])
async def test_it_can_be_left(desk_path: Path, clock: Clock, key: str) -> None:
    async with first_run(desk_path, clock) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: not pilot.app.is_running)
    assert not desk_path.exists()


async def test_a_desk_that_cannot_be_made_is_told_and_another_way_is_open(desk_path: Path, clock: Clock) -> None:
    async with first_run(desk_path, clock) as pilot:
        desk_path.write_text("something else")
        await press(pilot, "1", "enter", "enter")
        await until(pilot, lambda: told(pilot))
        assert "exists" in told(pilot)[-1]
        assert isinstance(pilot.app.screen, FirstRunScreen)
        await press(pilot, "2")
        assert "Make a desk" in text_of(pilot)


async def test_a_zone_that_is_none_is_told_in_the_form(desk_path: Path, clock: Clock) -> None:
    async with first_run(desk_path, clock) as pilot:
        await press(pilot, "1", "enter", *"atlantis", "enter")
        await until(pilot, lambda: "Nothing is found for “atlantis”." in text_of(pilot))
    assert not desk_path.exists()


async def test_it_fits_the_smallest_size(desk_path: Path, clock: Clock) -> None:
    async with first_run(desk_path, clock, (60, 20)) as pilot:
        assert "4 Leave" in text_of(pilot)
        assert "Esc leaves" in text_of(pilot)


def test_zones_whose_city_begins_so_come_first() -> None:
    found = [choice.value for choice in find_zones("new y")]
    assert found[0] == "America/New_York"
    assert find_zones("atlantis") == ()


def test_who_goes_on_as_somebody_else_finds_them_at_the_new_desk(desk_path: Path, clock: Clock) -> None:
    with make_desk(desk_path, NewDesk("Parcels", "UTC"), "rosa", clock) as desk:
        assert desk.user.login == "rosa"
