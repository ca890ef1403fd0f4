"""A filter with a mistake: the last good rows stay, it is said whose they are, and why (behaviour 6.2)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.tui.screens.responses import ResponsesScreen
from tests.tui.driving import lines_of, opened, press, quiet, text_of, until

MISTAKEN = "-has:foo nps>=9"
WIDTHS = ((60, 20), (80, 24), (140, 40))


@pytest.mark.parametrize("size", WIDTHS)
async def test_enter_on_a_mistake_stays_in_the_filter_with_the_reason(full_desk: Desk, size: tuple[int, int]) -> None:
    async with opened(full_desk, size) as (pilot, screen):
        await press(pilot, "slash", *MISTAKEN, "enter")
        assert screen.filter.input.has_focus
        assert screen.filter.text == MISTAKEN
        assert 'Unknown word after has: "foo"' in text_of(pilot)
        assert "shown: " in lines_of(pilot)[1]


async def test_the_reason_stays_in_sight_when_the_filter_is_left_otherwise(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"nps<=2", "enter", "slash", *MISTAKEN)
        await pilot.click(screen.tickets)
        await quiet(pilot)
        assert screen.focused is screen.tickets
        assert '▲ Unknown word after has: "foo"' in lines_of(pilot)[2]
        await press(pilot, "3")
        assert '▲ Unknown word after has: "foo"' in lines_of(pilot)[2]


async def test_escape_brings_the_text_back_that_stood_there_before(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"nps<=2", "enter", "slash", *MISTAKEN, "escape")
        assert screen.filter.text == "nps<=2"
        assert list(screen.tickets.numbers) == [3, 2]
        assert screen.filter.input.has_focus
        assert screen.filter.mistake is None
        assert "shown: " not in lines_of(pilot)[1]
        await press(pilot, "enter")
        assert screen.focused is screen.tickets


async def test_escape_in_the_list_brings_the_good_text_back_too(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"nps<=2", "enter", "slash", *MISTAKEN)
        screen.tickets.focus()
        await press(pilot, "escape")
        assert screen.filter.text == "nps<=2"
        assert list(screen.tickets.numbers) == [3, 2]


async def test_the_filter_line_says_whose_the_rows_are(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.filter.edit()
        screen.filter.set_text("nps<=2")
        await quiet(pilot)
        screen.filter.set_text("nps<=2 statsu:new")
        await quiet(pilot)
        assert "shown: nps<=2 · 2 of 6" in lines_of(pilot)[1]
        screen.filter.set_text("nps<=2")
        await quiet(pilot)
        assert "shown: " not in lines_of(pilot)[1]


async def test_a_tab_shows_its_own_rows_under_a_filter_with_a_mistake(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.filter.set_text("nps<=3")
        await quiet(pilot)
        screen.filter.set_text("nps<=3 statsu:new")
        await quiet(pilot)
        await press(pilot, "3")
        assert list(screen.tickets.numbers) == [2]
        assert screen.whole


async def test_a_mistake_does_not_reach_what_is_marked_nor_what_is_followed(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.filter.set_text("nps<=2")
        await quiet(pilot)
        screen.filter.set_text("nps<=2 statsu:new")
        await quiet(pilot)
        screen.tickets.focus()
        await press(pilot, "X")
        assert full_desk.tickets.count(screen.selection().query or "") == 2
        assert full_desk.tickets.count(screen.new_query() or "") == 0


async def test_once_mended_elsewhere_reading_again_takes_the_text(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.filter.set_text("tag:fresh")
        await quiet(pilot)
        assert screen.filter.mistake is not None
        full_desk.tickets.tag(1, add=["fresh"])
        screen.action_list_reload()
        await quiet(pilot)
        assert screen.filter.mistake is None
        assert list(screen.tickets.numbers) == [1]


async def test_responses_keep_their_rows_and_the_reason_too(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _triage):
        await press(pilot, "f4", "slash", *"nps>8", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ResponsesScreen)
        await press(pilot, "slash", *MISTAKEN, "enter")
        assert screen.filter.input.has_focus
        screen.set_focus(screen.list)
        await quiet(pilot)
        assert '▲ Unknown word after has: "foo"' in lines_of(pilot)[2]
        assert "shown: " in lines_of(pilot)[1]
        await press(pilot, "slash", "escape")
        await until(pilot, lambda: list(screen.list.ids) == [1])
        assert screen.filter.text == "nps>8"


async def test_typing_replaces_the_text_that_stands_in_the_filter_and_arrows_keep_it(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"nps<=2", "enter", "slash", *"tag:callback", "enter")
        assert screen.filter.text == "tag:callback"
        await press(pilot, "slash", "right", *" is:new", "enter")
        assert screen.filter.text == "tag:callback is:new"
        await press(pilot, "slash", "left", *"nps:1 ", "enter")
        assert screen.filter.text == "nps:1 tag:callback is:new"
        await press(pilot, "slash", "ctrl+u", *"nps:2", "enter")
        assert screen.filter.text == "nps:2"


async def test_a_word_that_was_hardly_meant_to_be_searched_for_is_pointed_out_without_being_a_mistake(
    full_desk: Desk,
) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"is:open or is:new", "enter")
        assert screen.focused is screen.tickets
        assert '· "or" at 9 is searched for like any word; OR in capitals finds either.' in lines_of(pilot)[2]
        await press(pilot, "slash", *"is:open", "enter")
        assert "capitals" not in text_of(pilot)
