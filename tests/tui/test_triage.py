"""The triage screen, driven by its keys (K1, M4 to M7)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until


async def test_the_list_shows_the_newest_first_and_the_ticket_under_the_cursor_whole(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        assert list(screen.tickets.numbers) == [6, 5, 4, 3, 2, 1]
        assert screen.tickets.cursor == 6
        shown = text_of(pilot)
        assert "#6 App crashes at login" in shown
        assert "! high" in shown


async def test_moving_the_cursor_shows_the_other_ticket_with_its_response_feed_and_contact(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "j", "j", "j", "down")
        shown = text_of(pilot)
        assert screen.tickets.cursor == 2
        assert "I waited three weeks for a lamp" in shown
        assert "May we contact you?  Yes, please" in shown
        assert "detractor" in shown
        assert "rosa@acme.example" in shown
        assert "North" in shown
        assert "9→2" in shown
        assert "note: Promised to call again" in shown


async def test_movement_keys(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        for key, number in (("G", 1), ("k", 2), ("g", 6), ("up", 6), ("pagedown", 1), ("home", 6), ("end", 1)):
            await press(pilot, key)
            assert screen.tickets.cursor == number, key


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("1", [6, 5, 4, 3, 2, 1]),
        ("2", [6, 4, 3, 1]),
        ("3", [2]),
        ("4", [5]),
        ("5", []),
        ("6", [5, 2]),
        ("7", [6, 4, 3, 1]),
    ],
)
async def test_tabs(full_desk: Desk, key: str, numbers: list[int]) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, key)
        assert list(screen.tickets.numbers) == numbers


async def test_tabs_say_how_many(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        assert "New 4 │ Open 1 │ Pending 1" in lines_of(pilot)[2]


async def test_an_empty_tab_says_so_and_what_leads_out(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "5")
        assert "No ticket is in Closed." in text_of(pilot)
        assert "1 shows all tickets" in text_of(pilot)
        await press(pilot, "1")
        assert len(screen.tickets.numbers) == 6


async def test_an_empty_desk_says_how_to_fill_it(desk: Desk) -> None:
    async with opened(desk) as (pilot, _screen):
        shown = text_of(pilot)
        assert "This desk has no tickets yet." in shown
        assert "ctrl+o brings in survey answers" in shown
        assert "N opens one" in shown


async def test_the_list_follows_the_filter_while_it_is_typed(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"nps<=2")
        assert list(screen.tickets.numbers) == [3, 2]
        assert "2 of 6" in lines_of(pilot)[1]
        await press(pilot, "enter")
        assert screen.focused is screen.tickets
        await press(pilot, "escape")
        assert len(screen.tickets.numbers) == 6


async def test_the_order_asked_for_is_said_in_the_title(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.filter.set_text("sort:-score,number")
        await quiet(pilot)
        assert "Tickets · score ↓, number ↑" in text_of(pilot)
        screen.filter.set_text("has:score sort:score")
        await quiet(pilot)
        assert "Tickets · score ↑" in text_of(pilot)
        assert list(screen.tickets.numbers) == [3, 2, 1]


async def test_the_filter_works_within_the_tab(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "6", "slash", *"call OR wrong")
        assert set(screen.tickets.numbers) <= {2, 5}


async def test_a_mistake_is_marked_and_the_list_keeps_its_last_good_result(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"nps<=2 ")
        await press(pilot, *"statsu:new")
        assert list(screen.tickets.numbers) == []  # the words before the colon were searched for
        screen.filter.set_text("nps<=2 statsu:new")
        await quiet(pilot)
        assert screen.filter.input.mistake_mark.place == (7, 13)
        await until(pilot, lambda: "did you mean status" in text_of(pilot))


async def test_a_mistake_in_a_pasted_query_leaves_the_list_alone(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.filter.edit()
        screen.filter.set_text("nps<=2")
        await quiet(pilot)
        screen.filter.set_text("nps<=2 statsu:new")
        await quiet(pilot)
        assert list(screen.tickets.numbers) == [3, 2]


async def test_completions_are_offered_and_taken_with_tab(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"tag:call")
        await until(pilot, lambda: screen.filter.suggestions.display)
        await press(pilot, "tab")
        assert screen.filter.text.strip() == "tag:callback"
        assert list(screen.tickets.numbers) == [6]


async def test_the_cursor_stays_on_its_ticket_when_the_list_changes(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "G", "k")
        assert screen.tickets.cursor == 2
        await press(pilot, "slash", *"nps<=3", "enter")
        assert list(screen.tickets.numbers) == [3, 2, 1]
        assert screen.tickets.cursor == 2
        await press(pilot, "slash", "escape")
        assert screen.tickets.cursor == 2


async def test_a_cursor_whose_ticket_left_the_list_comes_back_with_it(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "j", "2")
        assert screen.tickets.cursor == 6
        await press(pilot, "1")
        assert screen.tickets.cursor == 5


async def test_marks_outlive_filtering_and_are_counted(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "x", "x", "3")
        assert screen.tickets.marks.numbers == {6, 5}
        assert "Tickets · 2 marked" in text_of(pilot)
        assert "c close 2" in lines_of(pilot)[-1]
        await press(pilot, "escape")
        assert not screen.tickets.marks


async def test_a_range_is_marked_from_the_last_mark_to_the_cursor_either_way(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "j", "x", "j", "j", "M")
        assert screen.tickets.marks.numbers == {5, 4, 3, 2}
        await press(pilot, "X")
        await press(pilot, "G", "x", "k", "k", "M")
        assert len(screen.tickets.marks) == 3


async def test_all_matching_are_marked_as_a_query_with_exceptions(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "X", "x")
        selection = screen.selection()
        assert (selection.query, selection.exceptions) == ("", frozenset({6}))
        assert "5 marked" in text_of(pilot)
        await press(pilot, "2")
        assert not screen.tickets.marks


async def test_detail_tabs_are_turned_with_brackets(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "G", "k", "right_square_bracket")
        assert "Opened by" in text_of(pilot)
        await press(pilot, "right_square_bracket")
        shown = text_of(pilot)
        assert "Resolution for Detractors" in shown
        assert "Left word with a colleague." in shown
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert "May we contact you?" in text_of(pilot)


async def test_enter_goes_in_tab_goes_on_escape_comes_back(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        panes = [screen.focused]
        for key in ("enter", "tab", "tab", "tab", "shift+tab", "escape"):
            await press(pilot, key)
            panes.append(screen.focused)
        assert panes == [
            screen.tickets, screen.detail, screen.feed, screen.contact, screen.tickets, screen.contact, screen.tickets,
        ]  # fmt: skip


async def test_person_slides_over_the_detail_when_there_is_no_room_beside_it(full_desk: Desk) -> None:
    async with opened(full_desk, (120, 36)) as (pilot, screen):
        assert not screen.contact.display
        await press(pilot, "G", "k", "p")
        assert screen.contact.display
        assert "rosa@acme.example" in text_of(pilot)
        await press(pilot, "p")
        assert not screen.contact.display
        assert screen.focused is screen.tickets


async def test_a_narrow_screen_shows_one_pane_at_a_time(full_desk: Desk) -> None:
    async with opened(full_desk, (80, 24)) as (pilot, screen):
        shown = [(pane.display and pane.region.width > 0) for pane in (screen.tickets, screen.detail, screen.contact)]
        assert shown == [True, False, False]
        await press(pilot, "enter")
        assert screen.detail.region.width == 80
        assert screen.tickets.region.width == 0
        await press(pilot, "p")
        assert screen.contact.region.width == 80
        await press(pilot, "escape")
        assert screen.tickets.region.width == 80


async def test_everything_fits_into_60_by_20(full_desk: Desk) -> None:
    async with opened(full_desk, (60, 20)) as (pilot, _screen):
        lines = lines_of(pilot)
        assert lines[0].startswith(" casedesk · Small desk")
        assert lines[-1].rstrip().endswith("? help")
        await press(pilot, "n")
        assert "Add a note" in text_of(pilot)


async def test_a_smaller_screen_says_what_it_needs(full_desk: Desk) -> None:
    async with opened(full_desk, (59, 19)) as (pilot, _screen):
        assert "60 columns and 20 lines" in text_of(pilot)


@pytest.mark.parametrize("key", ["n", "c", "x", "slash", "a", "2", "j", "f2", "ctrl+p"])
async def test_what_cannot_be_seen_is_not_acted_on(full_desk: Desk, key: str) -> None:
    async with opened(full_desk, (59, 19)) as (pilot, screen):
        await press(pilot, key)
        assert pilot.app.screen is screen
        assert not screen.tickets.marks
        assert not screen.filter.input.has_focus
        assert screen.tab_line.shown == "all"
        await press(pilot, "question_mark")
        assert "Esc back" in text_of(pilot)
        await press(pilot, "escape")
        await pilot.resize_terminal(80, 24)
        await quiet(pilot)
        await press(pilot, "n")
        assert "Add a note" in text_of(pilot)


async def test_a_form_that_is_open_stays_in_a_window_that_is_too_small(full_desk: Desk) -> None:
    async with opened(full_desk, (80, 24)) as (pilot, _screen):
        await press(pilot, "n", *"Rang")
        await pilot.resize_terminal(50, 10)
        await press(pilot, *" twice")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "enter")
        assert full_desk.tickets.show(6).notes[0].body == "Rang twice"


async def test_resizing_keeps_cursor_and_typed_text(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "j", "slash", *"call")
        cursor = screen.tickets.cursor
        for size in ((100, 30), (50, 10), (80, 24), (160, 50)):
            await pilot.resize_terminal(*size)
            await quiet(pilot)
        assert screen.tickets.cursor == cursor
        assert screen.filter.text == "call"
        assert screen.filter.input.has_focus


async def test_what_others_change_is_drawn_and_new_tickets_do_not_move_the_list(full_desk: Desk) -> None:
    async with opened(full_desk, poll_seconds=0.02) as (pilot, screen):
        ben = full_desk.as_user("ben")
        ben.tickets.edit_title(4, "Size was right after all")
        ben.tickets.new("Fresh from the phone", "normal")
        await until(pilot, lambda: screen.new == 1 and "Size was right after all" in text_of(pilot))
        assert screen.tickets.numbers[0] == 6
        assert "1 new · R shows" in text_of(pilot)
        await press(pilot, "R")
        assert screen.tickets.numbers[0] == 7
        assert screen.tickets.cursor == 6
        assert "1 new" not in text_of(pilot)


async def test_outside_text_is_never_markup_nor_raw(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "j", "j", "j")
        shown = text_of(pilot)
        assert "[bold]Cheap[/bold] ␛[31mtrick␛[0m 👩👩👧" in shown
        assert "\x1b" not in shown


async def test_a_comfortable_list_has_two_lines_a_ticket(full_desk: Desk) -> None:
    async with opened(full_desk, density="comfortable") as (pilot, screen):
        lines = lines_of(pilot)
        place = next(place for place, line in enumerate(lines) if "I waited three weeks" in line)
        assert "Rosa Marín" in lines[place + 1][: screen.tickets.size.width]


async def test_plain_mode_has_words_and_ascii_for_signs(full_desk: Desk) -> None:
    async with opened(full_desk, plain=True) as (pilot, _screen):
        shown = lines_of(pilot)
        assert all(line[:11].isascii() for line in shown[4:-1])
        assert shown[4].split()[:3] == [">N", "!", "6"]
        assert not set("╭│─├") & set("".join(shown))


async def test_keys_of_ones_own(full_desk: Desk) -> None:
    async with opened(full_desk, keys={"move.down": ("ctrl+n",), "list.mark": ("j",)}) as (pilot, screen):
        await press(pilot, "ctrl+n")
        assert screen.tickets.cursor == 5
        await press(pilot, "j")
        assert screen.tickets.marks.numbers == {5}
        assert "j mark" in lines_of(pilot)[-1]


async def test_q_goes_back_and_then_leaves(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "enter", "q")
        assert screen.focused is screen.tickets
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app._exit


async def test_an_agent_is_not_offered_what_they_may_not_do(full_desk: Desk) -> None:
    from tests.tui.modals.filling import without

    async with opened(without(full_desk, "tickets.close")) as (pilot, screen):
        assert not screen.offers("ticket.close")
        assert "close" not in lines_of(pilot)[-1]
        await press(pilot, "c")
        assert len(pilot.app.screen_stack) == 1
        assert told(pilot) == ["You may not close tickets. An administrator can allow it."]


async def test_without_the_right_to_contacts_nothing_of_them_is_shown(full_desk: Desk) -> None:
    from tests.tui.modals.filling import without

    async with opened(without(full_desk, "contacts.view")) as (pilot, _screen):
        await press(pilot, "G", "k")
        assert "You may not see contacts." in text_of(pilot)
        assert "rosa@acme.example" not in text_of(pilot)
