"""How the assistant looks, step by step."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import AssistantProgress
from tests.tui.driving import app_on
from tests.tui.screens.test_assistant import ROWS
from tests.tui.test_snapshots import SIZES, Compare, driven


@pytest.fixture
def begun(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with four ratings, on which the setting up has come to the rule."""
    file = tmp_path / "shop.csv"
    file.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    desk.imports.run(file)
    done = frozenset({"close-options", "import"})
    desk.assistant.keep(AssistantProgress("rule", done, skipped=frozenset({"hours"})))
    return desk


@SIZES
@pytest.mark.parametrize(
    ("step", "keys"),
    [
        ("close-options", ()),
        ("hours", ()),
        ("import", ()),
        ("rule", ()),
        ("rule", ("a",)),
        ("people", ()),
        ("summary", ()),
    ],
    ids=["close-options", "hours", "import", "rule", "rule-form", "people", "summary"],
)
def test_assistant(begun: Desk, snap_compare: Compare, size: tuple[int, int], step: str, keys: tuple[str, ...]) -> None:
    progress = begun.assistant.progress()
    assert progress is not None
    begun.assistant.keep(AssistantProgress(step, progress.done, progress.skipped))
    assert snap_compare(app_on(begun), terminal_size=size, run_before=driven("f8", *keys))
