"""How macros and the triage mode look, at two sizes."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.conftest import Clock
from tests.tui.driving import app_on
from tests.tui.test_snapshots import SIZES, Compare, driven

Size = tuple[int, int]


@pytest.fixture
def with_macros(full_desk: Desk) -> Desk:
    steps = [{"note": "rang twice"}, {"status": "pending"}, {"tags": ["+callback"]}, {"owner": "me"}]
    full_desk.macros.make("No answer", steps, key="%")
    full_desk.macros.make("Urgent", [{"priority": "urgent"}], shared=True)
    return full_desk


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("menu", ("@",)),
        ("difference", ("@", "1", "enter")),
        ("difference-of-many", ("X", "@", "1", "enter")),
        ("changing", ("@", *"cha", "enter", "1", "enter")),
        ("retiring", ("@", *"cha", "enter", "1", "enter", *"ret", "enter")),
        ("steps", ("@", *"cha", "enter", "1", "enter", *"move", "enter", "J")),
        ("recording", ("@", "r", "enter", "i", "u", "@")),
        ("save", ("@", "r", "enter", "i", "u", "@", "1", "enter", *"Hurry", "enter")),
    ],
)
def test_macros(with_macros: Desk, snap_compare: Compare, size: Size, name: str, keys: tuple[str, ...]) -> None:
    with_macros.tickets.close(4, "Resolved")
    assert snap_compare(app_on(with_macros), terminal_size=size, run_before=driven(*keys))


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("ticket", ()),
        ("contact", ("p",)),
        ("decision", ("c",)),
        ("help", ("question_mark",)),
    ],
)
def test_triage_mode(with_macros: Desk, snap_compare: Compare, size: Size, name: str, keys: tuple[str, ...]) -> None:
    assert snap_compare(app_on(with_macros), terminal_size=size, run_before=driven("G", "k", "T", *keys))


@SIZES
def test_the_summary_of_triage_mode(with_macros: Desk, snap_compare: Compare, size: Size, clock: Clock) -> None:
    keys = ("T", "c", "1", "o", "b", "enter", "j", "%", "enter", "escape")
    assert snap_compare(app_on(with_macros), terminal_size=size, run_before=driven(*keys))


def test_triage_mode_on_the_smallest_screen(with_macros: Desk, snap_compare: Compare) -> None:
    assert snap_compare(app_on(with_macros), terminal_size=(60, 20), run_before=driven("G", "k", "T"))
