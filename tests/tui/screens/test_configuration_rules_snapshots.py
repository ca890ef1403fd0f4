"""How rules look in the configuration."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.tui.driving import app_on
from tests.tui.test_snapshots import SIZES, Compare, driven


@pytest.fixture
def ruled(full_desk: Desk) -> Desk:
    """A desk with rules that ran, one of which sets another off, one that is off, and one that names what is gone."""
    desk = full_desk
    desk.rules.add("Hurry", "priority:urgent", [{"status": "pending"}, {"tag": "hurry"}], trigger="ticket opened")
    desk.rules.add("Waits", "is:pending", [{"tag": "waits"}], trigger="status changed")
    desk.rules.add("佐藤 👩‍👩‍👧 [b]x[/b]", "is:open", [{"priority": "urgent"}], trigger="idle 48h", active=False)
    desk.lists.add("topics", "Lamps")
    desk.rules.add("Lamps", "lamp*", [{"topic": "Lamps"}], trigger="ticket opened", active=False)
    desk.lists.retire("topics", "Lamps")
    desk.tickets.new("It burns", "urgent")
    return desk


RULES = ("f9", "slash", *"automation", "enter", "enter")


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("list", ("G",)),
        ("effects", ("j", "enter", "enter", "enter", "enter")),
        ("effect", ("j", "enter", "enter", "enter", "enter", "a")),
        ("since", ("t",)),
        ("tried", ("t", "a")),
        ("log", ("tab", "L")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rules(ruled: Desk, snap_compare: Compare, size: tuple[int, int], name: str, keys: tuple[str, ...]) -> None:
    assert snap_compare(app_on(ruled), terminal_size=size, run_before=driven(*RULES, *keys))
