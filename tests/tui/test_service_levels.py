"""Service levels in the running interface: time left, the explanation, and the sweep."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.tui.modals.explain import ExplainScreen
from tests.conftest import Clock
from tests.timed_desk import CALM, OVERDUE, PAUSED, SOON, go_to, lay_timed
from tests.tui.driving import app_on, opened, press, quiet, text_of, told, until
from tests.tui.test_snapshots import SIZES, Compare, driven


@pytest.fixture
def timed(desk: Desk, clock: Clock) -> Desk:
    lay_timed(desk, clock)
    desk.sweeping.run()
    return desk


async def test_a_key_explains_the_ticket_and_another_goes_back(timed: Desk) -> None:
    async with opened(timed) as (pilot, screen):
        await press(pilot, "G", "w")
        assert isinstance(pilot.app.screen, ExplainScreen)
        assert "First response · overdue" in text_of(pilot)
        assert "Europe/Berlin" in text_of(pilot)
        await press(pilot, "G")
        assert "Who set what" in text_of(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is screen


async def test_the_triage_mode_explains_too(timed: Desk) -> None:
    async with opened(timed) as (pilot, _screen):
        await press(pilot, "g", "T", "w")
        assert isinstance(pilot.app.screen, ExplainScreen)
        assert f"Explain #{CALM}" in text_of(pilot)
        await press(pilot, "w")
        assert not isinstance(pilot.app.screen, ExplainScreen)


async def test_without_a_ticket_there_is_nothing_to_explain(desk: Desk) -> None:
    async with opened(desk) as (pilot, _screen):
        await press(pilot, "w")
        assert told(pilot)[-1] == "There is no ticket to explain."


async def test_a_ticket_that_is_gone_says_so(timed: Desk) -> None:
    async with opened(timed) as (pilot, screen):
        pilot.app.push_screen(ExplainScreen(99, screen.look))
        await quiet(pilot)
        assert "There is no ticket #99." in text_of(pilot)


async def test_the_list_tells_overdue_about_to_be_missed_and_paused_apart(timed: Desk) -> None:
    async with opened(timed) as (pilot, _screen):
        text = text_of(pilot)
        assert "4d!" in text
        assert "◔20m" in text
        assert "‖" in text


async def test_the_head_line_lists_the_timers_that_run(timed: Desk) -> None:
    async with opened(timed) as (pilot, screen):
        await press(pilot, "G")
        assert screen.detail.ticket is not None
        assert "first response 4d! · resolution <" in text_of(pilot)
        screen.tickets.go_to(SOON)
        await quiet(pilot)
        assert "◔ due in 20m" in text_of(pilot)
        screen.tickets.go_to(PAUSED)
        await quiet(pilot)
        assert "first response ‖ · resolution ‖" in text_of(pilot)


async def test_a_missed_target_is_told_and_the_count_of_the_overdue_follows(timed: Desk, clock: Clock) -> None:
    async with opened(timed) as (pilot, screen):
        assert "Overdue 1" in text_of(pilot)
        go_to(clock, 6, "16:21")
        screen.sweeping.sweep()
        await until(pilot, lambda: "Overdue 2" in text_of(pilot))
        await quiet(pilot)
        assert told(pilot)[-1] == f"#{SOON} missed what was due"
        assert timed.tickets.show(SOON).breached


async def test_due_times_follow_a_changed_policy_and_how_far_that_is_is_said(timed: Desk) -> None:
    async with opened(timed) as (pilot, screen):
        timed.policies.set_target("Standard", "resolution", 80 * 3600)
        timed.policies.set_target("Urgent", "resolution", 80 * 3600)
        screen.post_message(screen.sweeping.Timing(2, 4))
        await quiet(pilot)
        assert told(pilot)[-1] == "Working out due times: 2 of 4 tickets"
        screen.sweeping.sweep()
        await until(pilot, lambda: "◔20m" not in text_of(pilot))
        await quiet(pilot)
        assert told(pilot)[-1] == "4 tickets timed anew"


async def test_the_explanation_of_a_small_screen_scrolls(timed: Desk) -> None:
    async with opened(timed, (80, 24)) as (pilot, _screen):
        await press(pilot, "G", "w")
        assert "Who set what" not in text_of(pilot)
        await press(pilot, *["pagedown"] * 6)
        assert "Who set what" in text_of(pilot)


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("explain", ("G", "w")),
        ("explain-ahead", ("G", "w", "pagedown")),
        ("explain-paused", ("G", "k", "w")),
        ("timed-details", ("G", "enter", "right_square_bracket")),
    ],
)
def test_how_it_looks(
    timed: Desk, snap_compare: Compare, size: tuple[int, int], name: str, keys: tuple[str, ...]
) -> None:
    assert snap_compare(app_on(timed), terminal_size=size, run_before=driven(*keys))


@SIZES
def test_how_it_looks_plain(timed: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(timed, plain=True), terminal_size=size, run_before=driven("G", "w"))


def test_the_overdue_ticket_is_the_oldest(timed: Desk) -> None:
    assert timed.tickets.numbers("is:overdue") == [OVERDUE]
