"""How saved views and the screen of responses look, at two sizes."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from tests.tui.driving import app_on
from tests.tui.test_snapshots import SIZES, Compare, driven

Size = tuple[int, int]


@pytest.fixture
def with_views(full_desk: Desk) -> Desk:
    full_desk.campaigns.link_plan("Detractors q4", EXAMPLE_PLAN)
    full_desk.views.add(
        "Unhappy", query="nps<=6 sort:score", columns=["number", "score", "title", "contact", "created"]
    )
    full_desk.views.add(
        "Answers", scope="responses", columns=["answered", "nps", "comment", "number"], allow_actions=True, shared=True
    )
    return full_desk


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("menu", ("V",)),
        ("view", ("V", "enter")),
        ("columns", ("V", "c", "enter", "enter", "enter")),
        ("save", ("V", "s", "enter")),
        ("responses", ("V", "2", "enter")),
        ("line", ("V", "2", "enter", "end", "enter", "right_square_bracket")),
    ],
)
def test_views(with_views: Desk, snap_compare: Compare, size: Size, name: str, keys: tuple[str, ...]) -> None:
    assert snap_compare(app_on(with_views), terminal_size=size, run_before=driven(*keys))
