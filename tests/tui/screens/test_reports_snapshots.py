"""How the report screen looks."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.tui.screens.reports import ReportsScreen
from tests.conftest import Clock
from tests.tui.driving import app_on
from tests.tui.test_snapshots import LARGE, SIZES, Compare, driven


@pytest.fixture
def busy_desk(full_desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Six tickets of the last days, two of them closed, one of these reopened; the present folder is the first."""
    monkeypatch.chdir("/")
    full_desk.team.add_user("佐藤")
    full_desk.tickets.assign([4], "佐藤")
    clock.tick(7200)
    full_desk.tickets.close([5, 6], "Resolved")
    clock.tick(3600)
    full_desk.tickets.reopen([5])
    clock.tick(60)
    return full_desk


def counted(pilot: Pilot[Any]) -> object:
    """Whether the report on the screen is the one that was asked for."""
    screen = next(each for each in reversed(pilot.app.screen_stack) if isinstance(each, ReportsScreen))
    return screen.report is not None and screen.report.request == screen.view.request


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("tickets", ()),
        ("cell", ("tab", "G", "right")),
        ("cases", ("2",)),
        ("feedback", ("4",)),
        ("chart", ("v",)),
        ("bars", ("2", "v")),
        ("meaning", ("right", "w")),
        ("period", ("p",)),
        ("export", ("e",)),
        ("before", ("less_than_sign",)),
    ],
)
def test_reports(
    busy_desk: Desk, snap_compare: Compare, size: tuple[int, int], name: str, keys: tuple[str, ...]
) -> None:
    before = driven("f2", *keys, wait_for=counted)
    assert snap_compare(app_on(busy_desk), terminal_size=size, run_before=before)


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_report_in_a_theme(busy_desk: Desk, snap_compare: Compare, theme: str) -> None:
    before = driven("f2", wait_for=counted)
    assert snap_compare(app_on(busy_desk, theme=theme), terminal_size=LARGE, run_before=before)


def test_report_in_plain_mode(busy_desk: Desk, snap_compare: Compare) -> None:
    before = driven("f2", wait_for=counted)
    assert snap_compare(app_on(busy_desk, plain=True), terminal_size=LARGE, run_before=before)


def test_report_of_an_empty_desk(desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(app_on(desk), terminal_size=LARGE, run_before=driven("f2", "2", wait_for=counted))
