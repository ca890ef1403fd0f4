"""What is typed into a form on a ticket is kept as a draft, and stands in the form again (behaviour 5.4)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.tui.drafts import PAUSE, DraftKeeper, keep_drafts
from casedesk.tui.modals.form_modal import FormModal
from tests.tui.driving import opened, press, quiet, text_of, until


def keeper_of(pilot: Pilot[None]) -> DraftKeeper:
    """What keeps the draft of the form that is open."""
    return pilot.app.screen.query_one(DraftKeeper)


def body_of(desk: Desk, ticket: int, kind: str) -> str | None:
    """The draft that the desk has."""
    found = desk.drafts.find(ticket, kind)
    return found.body if found is not None else None


async def type_and_pause(pilot: Pilot[None], *keys: str) -> None:
    """Type, and wait as if the pause were over."""
    await press(pilot, *keys)
    keeper_of(pilot)._keep_soon()
    await quiet(pilot)


async def test_a_note_is_kept_at_a_pause_without_any_other_key(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", *"Rang")
        await until(pilot, lambda: body_of(full_desk, 6, "note") == "Rang", seconds=PAUSE + 10)


async def test_what_was_kept_stands_in_the_form_and_says_of_when_it_is(full_desk: Desk) -> None:
    full_desk.drafts.keep(6, "note", "Rang at noon")
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n")
        assert "Rang at noon" in text_of(pilot)
        assert "Draft of 11:01 · ctrl+l clears it" in text_of(pilot)
        await press(pilot, *", nobody", "enter")
        assert full_desk.tickets.show(6).notes[0].body == "Rang at noon, nobody"
        assert body_of(full_desk, 6, "note") is None


async def test_clearing_it_gives_an_empty_form_and_forgets_it(full_desk: Desk) -> None:
    full_desk.drafts.keep(6, "note", "Rang at noon")
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", "ctrl+l")
        assert "Rang at noon" not in text_of(pilot)
        assert "Draft of" not in text_of(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, FormModal)
        assert body_of(full_desk, 6, "note") is None


async def test_thrown_away_it_is_forgotten_and_kept_it_stays(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", *"Rang", "escape")
        assert "k keep it as a draft" in text_of(pilot)
        await press(pilot, "k")
        assert not isinstance(pilot.app.screen, FormModal)
        assert body_of(full_desk, 6, "note") == "Rang"
        await press(pilot, "n", "escape", "y")
        assert body_of(full_desk, 6, "note") is None


@pytest.mark.parametrize(
    ("key", "way", "kind"),
    [("m", ("tab", "tab", "tab"), "message"), ("o", ("down", "tab"), "owner")],
)
async def test_other_texts_of_a_ticket_are_kept_too(full_desk: Desk, key: str, way: tuple[str, ...], kind: str) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, key, *way)
        await type_and_pause(pilot, *"Well")
        assert body_of(full_desk, 6, kind) == "Well"
        await press(pilot, "escape", "k", key, *way)
        assert "Draft of 11:01" in text_of(pilot)


async def test_a_comment_of_an_action_is_kept(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "G", "k", "a", "1", "1")
        await type_and_pause(pilot, *"Well")
        assert body_of(full_desk, 2, "action") == "Well"


async def test_another_user_finds_an_empty_form(full_desk: Desk) -> None:
    full_desk.drafts.keep(6, "note", "Rang at noon")
    async with opened(full_desk.as_user("ben")) as (pilot, _screen):
        await press(pilot, "n")
        assert "Rang at noon" not in text_of(pilot)


async def test_a_form_about_several_tickets_keeps_no_draft(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "x", "x", "n", *"Rang")
        assert not pilot.app.screen.query(DraftKeeper)
        await press(pilot, "escape")
        assert "draft" not in text_of(pilot)


async def test_what_could_not_be_handed_in_keeps_its_draft(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n")
        await type_and_pause(pilot, *"Rang")
        full_desk.tickets.merge(6, 5)
        await press(pilot, "enter")
        assert body_of(full_desk, 5, "note") == "Rang"


async def test_the_end_of_the_program_keeps_what_stands_there(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", *"Half a sen")
        keep_drafts(pilot.app)  # type: ignore[arg-type]  # the pilot's app is ours
        assert body_of(full_desk, 6, "note") == "Half a sen"
        await press(pilot, *"tence")
    assert body_of(full_desk, 6, "note") == "Half a sentence"
