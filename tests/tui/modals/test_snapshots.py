"""How the modals look in the middle of their work, and those that have no picture elsewhere."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from tests.tui.driving import app_on, press, text_of, until
from tests.tui.test_snapshots import SIZES, Compare, driven

Size = tuple[int, int]


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("topic", ("b",)),
        ("helpers", ("h", *"ben")),
        ("title", ("E",)),
        ("journal", ("J", "down")),
        ("action-comment", ("a", "2", "1", *"She was glad")),
        ("action-exit-state", ("a", "2", "1", "enter", "1")),
        ("action-resolution", ("a", "2", "1", "enter", "1", "1")),
        ("status-wake-up", ("s", "3", *"3 weeks", "enter")),
        ("owner-note", ("o", "2", *"She knows Rosa")),
        ("action-refused", ("a", "2", "1", "enter", "1", "1", "1", "a", "enter")),
        ("status-closing", ("s", "4")),
        ("tags-typed", ("t", *"call")),
        ("title-missing", ("E", *["backspace"] * 60, "enter")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_modal(full_desk: Desk, snap_compare: Compare, size: Size, name: str, keys: tuple[str, ...]) -> None:
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven("G", "k", *keys))


@SIZES
def test_several_tickets_half_ticked(full_desk: Desk, snap_compare: Compare, size: Size) -> None:
    full_desk.tickets.classify([5, 6], add=["Tech"])
    full_desk.tickets.classify(6, add=["Price"])
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven("x", "x", "l"))


@SIZES
def test_several_tickets_with_different_plans(full_desk: Desk, snap_compare: Compare, size: Size) -> None:
    full_desk.tickets.set_plan(1, "Resolution for Detractors")
    full_desk.tickets.close(1, "Resolved", "Customer reached")
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven("X", "a"))


@SIZES
def test_refused_among_many(full_desk: Desk, snap_compare: Compare, size: Size) -> None:
    full_desk.tickets.close([5, 6], "Resolved")
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven("X", "s", "3", "enter"))


@SIZES
def test_reopen(full_desk: Desk, snap_compare: Compare, size: Size) -> None:
    full_desk.tickets.close(6, "Explained")
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven("C"))


@SIZES
@pytest.mark.parametrize("action", ["team", "plan"])
def test_modal_from_the_palette(full_desk: Desk, snap_compare: Compare, size: Size, action: str) -> None:
    full_desk.team.add_team("Billing desk", ("ben",))

    async def before(pilot: Pilot[Any]) -> None:
        await driven()(pilot)
        await pilot.app.run_action(f"act('ticket.{action}')", pilot.app.screen)
        await press(pilot)

    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=before)


@SIZES
def test_contact_found_while_typing(full_desk: Desk, snap_compare: Compare, size: Size) -> None:
    def found(pilot: Pilot[Any]) -> object:
        return "rosa@acme.example" in text_of(pilot)

    before = driven("N", "1", *"Broken lamp", "enter", "3", "enter", *"ro", wait_for=found)
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=before)


@SIZES
def test_conflict_with_typed_text(full_desk: Desk, snap_compare: Compare, size: Size) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await driven("G", "k", "a", "2", "3", *"asked her son")(pilot)
        full_desk.as_user("ben").tickets.set_priority(2, "urgent")
        await press(pilot, "enter", "enter")

    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=before)


@SIZES
def test_editor_that_is_missing(
    full_desk: Desk, snap_compare: Compare, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    app = app_on(full_desk)
    app.suspend = nullcontext  # type: ignore[method-assign]  # a test has no terminal to give away

    def told(pilot: Pilot[Any]) -> object:
        return "isn't there" in text_of(pilot)

    assert snap_compare(app, terminal_size=size, run_before=driven("e", wait_for=told))


async def test_the_pictures_wait_for_their_modal(full_desk: Desk) -> None:
    """A picture of a modal that didn't come would pass for ever: here the slowest one is seen to come."""
    app = app_on(full_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await driven("G", "k", "a", "2", "1", "enter", "1", "1", "1", "a", "enter")(pilot)
        await until(pilot, lambda: "the plan is closed" in text_of(pilot))
