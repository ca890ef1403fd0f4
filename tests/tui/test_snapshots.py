"""How every screen and modal looks, at two sizes, with time, theme and animation fixed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from tests.tui.driving import app_on, press, quiet, triage, until

SMALL, LARGE = (80, 24), (140, 40)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x40"])
Compare = Callable[..., bool]


def driven(
    *keys: str, wait_for: Callable[[Pilot[Any]], object] | None = None
) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """What is done before the picture is taken: wait for the whole list, press keys, hide the blinking cursor."""

    async def run_before(pilot: Pilot[Any]) -> None:
        screen = triage(pilot)
        if screen.tickets.numbers:
            await until(pilot, lambda: screen.detail.ticket is not None)
        # Behind a modal the list would be drawn as far as it was read when the modal came.
        await until(pilot, lambda: screen.whole and screen.tab_line.is_counted)
        await quiet(pilot)
        await press(pilot, *keys)
        if wait_for is not None:
            await until(pilot, lambda: wait_for(pilot))
        focused = pilot.app.focused
        if hasattr(focused, "cursor_blink"):
            focused.cursor_blink = False
        await quiet(pilot)

    return run_before


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("list", ()),
        ("detail", ("G", "k", "enter")),
        ("details-tab", ("G", "k", "enter", "right_square_bracket")),
        ("actions-tab", ("G", "k", "enter", "right_square_bracket", "right_square_bracket")),
        ("contact", ("G", "k", "p")),
        ("marked", ("x", "j", "x")),
        ("empty-tab", ("5",)),
        ("no-match", ("slash", *"nothing", "enter")),
        ("help", ("question_mark",)),
    ],
)
def test_screen(
    full_desk: Desk, snap_compare: Compare, size: tuple[int, int], name: str, keys: tuple[str, ...]
) -> None:
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven(*keys))


@SIZES
@pytest.mark.parametrize(
    "key", ["a", "s", "n", "l", "t", "i", "o", "c", "N"],
    ids=["action", "status", "note", "classify", "tags", "priority", "owner", "close", "new"],
)  # fmt: skip
def test_modal(full_desk: Desk, snap_compare: Compare, size: tuple[int, int], key: str) -> None:
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven("G", "k", key))


@SIZES
def test_leaving_a_form_with_text(full_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    before = driven("n", *"Half a thought", "escape")
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=before)


@SIZES
def test_conflict(full_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = app_on(full_desk)

    async def before(pilot: Pilot[Any]) -> None:
        await driven()(pilot)
        full_desk.as_user("ben").tickets.set_priority(6, "low")
        await press(pilot, "i", "4")

    assert snap_compare(app, terminal_size=size, run_before=before)


@SIZES
def test_mistake_in_the_filter(full_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    def said(pilot: Pilot[Any]) -> object:
        return triage(pilot).filter.suggestions.sentence

    before = driven("slash", *"statsu:new", wait_for=said)
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=before)


@SIZES
def test_completion(full_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    def offered(pilot: Pilot[Any]) -> object:
        return triage(pilot).filter.suggestions.completions

    before = driven("slash", *"is:", wait_for=offered)
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=before)


@SIZES
def test_palette(full_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven("ctrl+p", *"close"))


@pytest.mark.parametrize("theme", ["light", "high-contrast", "high-contrast-light", "colour-blind-safe", "warm"])
def test_theme(full_desk: Desk, snap_compare: Compare, theme: str) -> None:
    assert snap_compare(app_on(full_desk, theme=theme), terminal_size=(120, 36), run_before=driven("G", "k"))


def test_contact_slides_over_the_detail(full_desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(app_on(full_desk), terminal_size=(120, 36), run_before=driven("G", "k", "p"))


def test_comfortable_density(full_desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(app_on(full_desk, density="comfortable"), terminal_size=LARGE, run_before=driven())


def test_plain_mode(full_desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(app_on(full_desk, plain=True), terminal_size=LARGE, run_before=driven("G", "k"))


def test_empty_desk(desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(app_on(desk), terminal_size=LARGE, run_before=driven())


def test_too_small(full_desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(app_on(full_desk), terminal_size=(50, 12), run_before=driven())
