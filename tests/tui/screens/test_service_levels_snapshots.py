"""How the screen of service levels looks."""

from __future__ import annotations

from datetime import date

import pytest

from casedesk.desk import Desk
from tests.tui.driving import app_on
from tests.tui.test_snapshots import SIZES, Compare, driven

HOURS = "Business hours"


@pytest.fixture
def timed(full_desk: Desk) -> Desk:
    """A desk with three policies, one of them with targets by priority, and three calendars, one of them retired."""
    desk = full_desk
    desk.calendars.change(HOURS, country="DE", region="BY")
    desk.calendars.set_date(HOURS, date(2026, 12, 24), called="Christmas Eve", hours="09:00-12:00")
    desk.calendars.set_date(HOURS, date(2026, 5, 1), hours="open")
    desk.calendars.add("佐藤 👩‍👩‍👧 [b]x[/b]", "mon-fri 22:00-06:15;sun 08:30-12:00,13:00-17:30", zone="Asia/Tokyo")
    desk.calendars.add("Old hours", "24x7")
    desk.calendars.retire("Old hours")
    desk.policies.add(
        "Billing",
        "topic:Billing",
        targets=[("first response", None, 4 * 3600), ("resolution", None, 40 * 3600), ("resolution", "urgent", 5400)],
        pauses=["resolution"],
    )
    desk.policies.add("Old promises", "topic:App")
    desk.policies.retire("Old promises")
    desk.policies.set_simple(60)
    desk.service_levels.recompute()
    return desk


TYPED_HOURS = (
    "N",
    "x",
    "enter",
    "enter",
    *"mon-thu",
    "space",
    *"09:00-17:30;",
    "space",
    *"fri",
    "space",
    *"22:00-02:15",
)


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("simple", ()),
        ("simple-form", ("s", "y")),
        ("policy", ("j", "tab", "G", "k", "k")),
        ("policy-form", ("n",)),
        ("targets-form", ("j", "tab", "G", "k", "k", "enter")),
        ("calendar", ("j", "j", "j", "j")),
        ("night-shifts", ("j", "j", "j", "j", "j")),
        ("own-dates", ("j", "j", "j", "j", "tab", "j", "j", "j")),
        ("retired", ("G",)),
        ("hours", TYPED_HOURS),
        ("mistakes", (*TYPED_HOURS, "x", *["shift+tab"] * 2, "backspace", *["enter"] * 4)),
        ("date-form", ("j", "j", "j", "j", "a", *"2026-12-31")),
    ],
)
def test_service_levels(
    timed: Desk, snap_compare: Compare, size: tuple[int, int], name: str, keys: tuple[str, ...]
) -> None:
    assert snap_compare(app_on(timed), terminal_size=size, run_before=driven("S", *keys))


def test_service_levels_in_plain_mode(timed: Desk, snap_compare: Compare) -> None:
    before = driven("S", "j", "j", "j", "j")
    assert snap_compare(app_on(timed, plain=True), terminal_size=(80, 24), run_before=before)
