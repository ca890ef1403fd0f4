"""How the configuration looks."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.tui.driving import app_on
from tests.tui.test_snapshots import SIZES, Compare, driven

KEYS = {
    "first": (),
    "found": ("slash", *"hours"),
    "nothing": ("slash", *"qqq"),
    "setting": ("slash", *"reopen", "enter", "enter"),
    "statuses": ("slash", *"statuses", "enter", "enter", "d"),
    "users": ("slash", *"users", "enter", "enter"),
    "rights": ("slash", *"roles", "enter", "enter", "s"),
    "table": ("slash", *"roles", "enter", "enter", "L"),
    "theme": ("slash", *"theme", "enter", "enter", "down", "down"),
    "key": ("slash", *"keys", "enter", "enter", "enter"),
}


@SIZES
@pytest.mark.parametrize("name", KEYS)
def test_configuration(full_desk: Desk, snap_compare: Compare, size: tuple[int, int], name: str) -> None:
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=driven("f9", *KEYS[name]))


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_configuration_in_a_theme(full_desk: Desk, snap_compare: Compare, theme: str) -> None:
    app = app_on(full_desk, theme=theme)
    assert snap_compare(app, terminal_size=(120, 40), run_before=driven("f9", *KEYS["setting"]))
