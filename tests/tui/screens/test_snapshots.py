"""How the import screen and the first run look. Paths are relative, so that the pictures are the same everywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.settings.preferences import Preferences
from casedesk.tui.app import CasedeskApp
from casedesk.tui.import_work import ImportWork
from casedesk.tui.screens.first_run import FirstRunScreen
from casedesk.tui.screens.import_file import COLUMNS, RESULT, RUNNING, ImportScreen
from tests.conftest import Clock
from tests.tui.driving import NEVER, app_on, press, text_of, until
from tests.tui.test_snapshots import SIZES, Compare, driven

Size = tuple[int, int]
ROWS = (
    "ResponseId,Email,Name,How likely are you to recommend us?,Why?,Region,Answered at",
    'R_1,rosa@acme.test,Rosa Marín,2,"I waited three weeks, and nobody answers.",North,2026-01-20 10:00',
    "R_2,ken@example.test,佐藤 健,9,配送が早い,South,2026-01-20 11:00",
    "R_3,eve@example.test,Eve,200,[red]x[/red],South,2026-01-21 12:00",
    "R_4,eve@example.test,Eve,8,,South,yesterday",
)


@pytest.fixture(autouse=True)
def surveys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with files of several kinds, in which the tests run."""
    folder = tmp_path / "surveys"
    (folder / "older").mkdir(parents=True)
    (folder / "parcels.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    (folder / "notes.md").write_text("nothing\n")
    (folder / "people.xlsx").write_bytes(b"x" * 58_000)
    monkeypatch.chdir(tmp_path)


def importing(path: str, *keys: str, step: str = "") -> Callable[[Pilot[Any]], Awaitable[None]]:
    """The import screen with that path, after Enter where a step is waited for, and then these keys."""

    async def before(pilot: Pilot[Any]) -> None:
        await driven("ctrl+o")(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        screen.path.cursor_blink = False
        screen.path.put(path)
        await until(pilot, lambda: not screen.path.looking)
        if step:
            await press(pilot, "enter")
            await until(pilot, lambda: screen.step == COLUMNS)
            await press(pilot, *keys)
            await until(pilot, lambda: screen.step == step)
        else:
            await press(pilot, *keys)
        if hasattr(pilot.app.focused, "cursor_blink"):
            pilot.app.focused.cursor_blink = False
        await press(pilot)

    return before


@SIZES
@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("path", importing("surveys/")),
        ("no-table", importing("surveys/notes.md", "enter")),
        ("columns", importing("surveys/parcels.csv", step=COLUMNS)),
        ("column", importing("surveys/parcels.csv", "down", "down", "enter", step=COLUMNS)),
        ("campaign", importing("surveys/parcels.csv", "c", step=COLUMNS)),
        ("save", importing("surveys/parcels.csv", "s", "enter", "s", "enter", step=COLUMNS)),
        ("rows", importing("surveys/parcels.csv", "r", step=COLUMNS)),
        ("dry-run", importing("surveys/parcels.csv", "d", step=RESULT)),
        ("result", importing("surveys/parcels.csv", "i", step=RESULT)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_import(desk: Desk, snap_compare: Compare, size: Size, name: str, before: Any) -> None:
    assert snap_compare(app_on(desk), terminal_size=size, run_before=before)


@SIZES
def test_import_running(desk: Desk, snap_compare: Compare, size: Size) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await importing("surveys/parcels.csv", step=COLUMNS)(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        screen._began, screen._clock = 0.0, lambda: 2.0
        screen.turn_to(RUNNING)
        screen.work.post_message(ImportWork.Progress(600, 1000, 24_000))
        await until(pilot, lambda: "12,000 rows a second" in text_of(pilot))

    assert snap_compare(app_on(desk), terminal_size=size, run_before=before)


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_import_in_a_theme(desk: Desk, snap_compare: Compare, theme: str) -> None:
    before = importing("surveys/parcels.csv", step=COLUMNS)
    assert snap_compare(app_on(desk, theme=theme), terminal_size=(100, 30), run_before=before)


def first_run(*keys: str, until_said: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """The first run after these keys."""

    async def before(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: isinstance(pilot.app.screen, FirstRunScreen))
        await press(pilot, *keys)
        await until(pilot, lambda: until_said in text_of(pilot))
        if hasattr(pilot.app.focused, "cursor_blink"):
            pilot.app.focused.cursor_blink = False
        await press(pilot)

    return before


@SIZES
@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("ways", first_run(until_said="Leave")),
        ("desk", first_run("1", "enter", *"berl", until_said="Europe/Berlin")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_first_run(
    clock: Clock, snap_compare: Compare, size: Size, name: str, before: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    app = CasedeskApp(
        None,
        Preferences(),
        poll_seconds=NEVER,
        first_screen=lambda: FirstRunScreen(Path("casedesk/desk.db"), Path("passing"), clock=clock),
    )
    assert snap_compare(app, terminal_size=size, run_before=before)
