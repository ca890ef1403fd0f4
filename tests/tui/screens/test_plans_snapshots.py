"""How the plan editor looks."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from tests.tui.driving import app_on
from tests.tui.test_snapshots import SIZES, Compare, driven


@pytest.fixture
def planned(full_desk: Desk) -> Desk:
    """A desk with three plans: one worked by and linked, one that shares an action, one retired."""
    full_desk.plans.link_campaigns(EXAMPLE_PLAN, [full_desk.campaigns.list()[0].name])
    full_desk.plans.add("佐藤さんの計画 👩‍👩‍👧 [b]x[/b]", actions=["Call"], description="Ring at once.\nThen write.")
    full_desk.plans.add("Old ways", exit_states=["Done"])
    full_desk.plans.retire("Old ways")
    return full_desk


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("plans", ()),
        ("status", ("tab", "j", "j", "j", "j", "j", "j", "j")),
        ("second", ("j", "tab")),
        ("retired", ("G",)),
        ("new-plan", ("n",)),
        ("action", ("tab", "a")),
        ("campaigns", ("m",)),
        ("share", ("j", "l")),
    ],
)
def test_plan_editor(
    planned: Desk, snap_compare: Compare, size: tuple[int, int], name: str, keys: tuple[str, ...]
) -> None:
    assert snap_compare(app_on(planned), terminal_size=size, run_before=driven("P", *keys))
