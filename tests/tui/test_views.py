"""Saved views on the triage screen: choosing, saving, columns, changing, leaving (S5)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until


async def test_choosing_a_view_sets_the_filter_and_the_columns(full_desk: Desk) -> None:
    full_desk.views.add(
        "Unhappy", query="nps<=6 sort:score", campaign="Detractors q4",
        columns=["number", "answer.may_we_contact_you", "score", "title:12"],
    )  # fmt: skip
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "V")
        assert "Unhappy" in text_of(pilot)
        await until(pilot, lambda: "3 · Detractors q4 · nps<=6 sort:score" in text_of(pilot))
        await press(pilot, "enter")
        assert screen.filter.text == "nps<=6 sort:score"
        assert list(screen.tickets.numbers) == [3, 2, 1]
        head = next(line for line in lines_of(pilot) if "May we" in line)
        assert head.index("#") < head.index("May we") < head.index("score") < head.index("title")
        assert "Unhappy" in lines_of(pilot)[0]


async def test_esc_leads_out_of_a_changed_filter_and_then_out_of_the_view(full_desk: Desk) -> None:
    full_desk.views.add("Unhappy", query="nps<=6", columns=["number", "score"])
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "V", "enter", "slash", "end", *" is:new", "enter")
        assert "Unhappy*" in lines_of(pilot)[0]
        await press(pilot, "escape")
        assert screen.filter.text == "nps<=6"
        await press(pilot, "escape")
        assert (screen.view, screen.filter.text) == (None, "")
        assert len(screen.tickets.numbers) == 6


async def test_what_is_shown_is_saved_as_a_view_and_shown(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "3", "slash", *"owner:me", "enter", "V", "s", "enter")
        await press(pilot, *"Mine", "enter", "enter", "enter", "enter")
        view = full_desk.views.show("Mine")
        assert (view.query, view.owner) == ("is:open (owner:me)", "ana")
        assert [column.name for column in view.columns][:2] == ["number", "title"]
        assert screen.view is not None
        assert screen.view.name == "Mine"
        await press(pilot, "u")
        assert full_desk.views.list() == []
        assert screen.view is None
        assert "The view “Mine” is gone." in told(pilot)


async def test_columns_are_added_by_search_moved_widened_and_removed(full_desk: Desk) -> None:
    full_desk.views.add("One", columns=["number", "title"])
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "V", "enter", "V", "c", "enter", "enter", "enter")
        assert "Columns · One" in text_of(pilot)
        await press(pilot, "a", *"may we", "enter")
        await press(pilot, "K", "plus", "plus", "end", "d", "enter")
        view = full_desk.views.show("One")
        assert [(column.name, column.width) for column in view.columns] == [
            ("answer.may_we_contact_you", 13), ("number", 0),
        ]  # fmt: skip
        assert screen.reading.columns == view.columns
        assert any("May we conta…" in line for line in lines_of(pilot))


async def test_deleting_asks_and_is_taken_back(full_desk: Desk) -> None:
    full_desk.views.add("One", query="is:open")
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "V", "enter", "V", "c", "enter", "enter", "end", "enter")
        assert "Undo brings it back." in text_of(pilot)
        await press(pilot, "enter")
        assert full_desk.views.list() == []
        assert screen.view is None
        await press(pilot, "u")
        assert [view.name for view in full_desk.views.list()] == ["One"]


async def test_a_changed_filter_is_saved_in_the_view(full_desk: Desk) -> None:
    full_desk.views.add("One", query="is:open")
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "V", "enter", "slash", "end", "space", *"nps:3", "enter")
        await press(pilot, "V", "c", "enter", "enter", *"save", "enter")
        assert full_desk.views.show("One").query == "is:open nps:3"
        assert "One*" not in lines_of(pilot)[0]


async def test_a_shared_view_is_only_copied_without_the_right_to_share(full_desk: Desk) -> None:
    full_desk.views.add("Ours", query="is:open", shared=True)
    async with opened(full_desk.as_user("ben")) as (pilot, _screen):
        await press(pilot, "V", "c", "enter", "enter")
        assert "it takes the right to share" in text_of(pilot)
        await press(pilot, *"copy", "enter", "enter")
        assert [(view.name, view.owner) for view in full_desk.as_user("ben").views.list()] == [
            ("Ours 2", "ben"), ("Ours", None),
        ]  # fmt: skip


async def test_a_view_with_something_gone_says_so_and_shows_the_rest(full_desk: Desk) -> None:
    full_desk.views.add("One", columns=["number", "title"])
    with full_desk.store.write() as session:
        from casedesk import model

        row = session.get(model.View, 1)
        assert row is not None
        row.columns = [{"column": "answer.lost", "width": 0}, *row.columns]
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "V", "enter")
        assert any("The column answer.lost is gone." in sentence for sentence in told(pilot))
        assert [column.name for column in screen.reading.columns] == ["number", "title"]


async def test_an_act_on_a_ticket_reads_its_cells_again(full_desk: Desk) -> None:
    full_desk.views.add("One", query="number:6", columns=["number", "tag", "priority"])
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "V", "enter")
        assert any("callback" in line and "high" in line for line in lines_of(pilot))
        await press(pilot, "i", *"urg")
        assert any("callback" in line and "urgent" in line for line in lines_of(pilot))


async def test_every_size_shows_the_list_of_views_and_the_columns(full_desk: Desk) -> None:
    every = ["number", "title", "contact", "owner", "created", "due", "email", "account", "closed", "updated"]
    full_desk.views.add("One", columns=every)
    async with opened(full_desk, size=(80, 24)) as (pilot, _screen):
        await press(pilot, "V", "enter")
        lines = lines_of(pilot)
        assert any("#" in line and "title" in line and "+" in line for line in lines)
        assert all(len(line) <= 80 for line in lines)


async def test_views_stand_behind_the_tabs_with_their_counts(full_desk: Desk) -> None:
    full_desk.views.add("Unhappy", query="nps<=6")
    full_desk.views.add("Call back 返金", query="tag:callback")
    async with opened(full_desk, (160, 40)) as (pilot, screen):
        await until(pilot, lambda: "┃ Unhappy 3" in lines_of(pilot)[2])
        tabs = lines_of(pilot)[2]
        assert "│ Call back 返金 1" in tabs
        await pilot.click("#tabs", offset=(tabs.index("Unhappy"), 0))
        await until(pilot, lambda: screen.view is not None)
        assert screen.filter.text == "nps<=6"
        await pilot.click("#tabs", offset=(tabs.index("返金"), 0))
        await until(pilot, lambda: screen.view is not None and screen.view.name == "Call back 返金")
        await pilot.click("#tabs", offset=(tabs.index("Open"), 0))
        await until(pilot, lambda: screen.tab_line.shown == "open")
        assert screen.tab_line.shown_view == "view 2"  # the tab narrows the view down


async def test_views_are_gone_over_by_key_in_a_ring(full_desk: Desk) -> None:
    full_desk.views.add("Unhappy", query="nps<=6")
    full_desk.views.add("Answers", scope="responses")
    full_desk.views.add("Late", query="tag:callback")
    async with opened(full_desk) as (pilot, screen):
        names = []
        for key in ("}", "}", "}", "{"):
            await press(pilot, key)
            names.append(screen.view and screen.view.name)
        assert names == ["Unhappy", "Late", None, "Late"]


async def test_views_that_there_is_no_room_for_are_behind_a_count_of_them(full_desk: Desk) -> None:
    for place in range(9):
        full_desk.views.add(f"A view with a long name {place}", query="is:open")
    async with opened(full_desk, (160, 40)) as (pilot, _screen):
        await until(pilot, lambda: " more" in lines_of(pilot)[2])
        tabs = lines_of(pilot)[2]
        await pilot.click("#tabs", offset=(tabs.index("more"), 0))
        await until(pilot, lambda: "A view with a long name 8" in text_of(pilot))
        await press(pilot, "escape")
        await pilot.resize_terminal(80, 24)
        assert "more" not in lines_of(pilot)[2]
        assert "Overd" in lines_of(pilot)[2]


async def test_the_counts_behind_the_tabs_follow_acts(full_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casedesk.tui.views.COUNT_AFTER", 0.01)
    full_desk.views.add("Called", query="tag:callback")
    async with opened(full_desk, (160, 40)) as (pilot, _screen):
        await until(pilot, lambda: "Called 1" in lines_of(pilot)[2])
        full_desk.tickets.tag(1, ["callback"])
        await press(pilot, "R")
        await until(pilot, lambda: "Called 2" in lines_of(pilot)[2])


async def test_the_list_is_wider_while_a_view_shows_its_columns_in_it(full_desk: Desk) -> None:
    full_desk.views.add("Unhappy", query="nps<=6", columns=["number", "title", "contact"])
    async with opened(full_desk, (120, 40)) as (pilot, screen):
        usual = screen.tickets.size.width
        await press(pilot, "V", "enter")
        assert screen.tickets.size.width > usual
        await press(pilot, "escape")
        assert screen.tickets.size.width == usual


async def test_on_a_vast_screen_the_views_stand_in_a_list_with_their_counts(full_desk: Desk) -> None:
    full_desk.views.add("Unhappy", query="nps<=6", shared=True)
    full_desk.views.add("Mine", query="owner:me")
    async with opened(full_desk, (200, 60)) as (pilot, screen):
        await until(pilot, lambda: "Unhappy" in text_of(pilot) and screen.view_list._counts)
        await quiet(pilot)
        text = text_of(pilot)
        assert "Views" in lines_of(pilot)[3]
        assert "▸ All tickets" in text
        assert "Unhappy" not in lines_of(pilot)[2]
        await press(pilot, "right_curly_bracket")
        assert screen.view is not None
        assert any(line.startswith(f"│▸ {screen.view.name}") for line in lines_of(pilot))
        await pilot.click(screen.view_list, offset=(5, 1))
        await quiet(pilot)
        assert screen.view is None


async def test_a_screen_made_smaller_puts_the_views_behind_the_tabs(full_desk: Desk) -> None:
    full_desk.views.add("Unhappy", query="nps<=6")
    async with opened(full_desk, (200, 60)) as (pilot, screen):
        await until(pilot, lambda: screen.has_class("-views"))
        await pilot.resize_terminal(160, 40)
        await until(pilot, lambda: "Unhappy" in lines_of(pilot)[2])
        assert not screen.view_list.display or not screen.view_list.size
