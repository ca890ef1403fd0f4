"""The main job in a real terminal of 80×24, with the keyboard alone: from a survey export to closed tickets."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.real.terminal import Terminal

pytestmark = pytest.mark.real

ROWS = (
    ("r1", "rosa@example.com", "Rosa Marín", 1, "Three weeks late and nobody answers"),
    ("r2", "ken@example.com", "佐藤 健", 2, "返金がまだです"),
    ("r3", "eve@example.com", "Eve [bold]", 3, "[@click=app.quit]broken[/] \x1b]52;c;aGk=\x07 lamp"),
    ("r4", "sam@example.com", "Sam Ogilvie", 9, "Splendid"),
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folders = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {**os.environ, **folders, "LOGNAME": "ana", "CASEDESK_DESK": str(tmp_path / "loop.desk")}


@pytest.fixture
def path(tmp_path: Path, environment: Mapping[str, str]) -> Path:
    export = tmp_path / "autumn.csv"
    with export.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "email", "name", "How likely are you to recommend us?", "why"), *ROWS])
    desk_path = Path(environment["CASEDESK_DESK"])
    with Desk.create(desk_path, user="ana", zone="UTC") as desk:
        desk.campaigns.add("Autumn", plan="Resolution for Detractors")
        desk.imports.run(export, campaign="Autumn")
    return desk_path


@pytest.fixture
def terminal(path: Path, environment: Mapping[str, str]) -> Iterator[Terminal]:
    with Terminal(columns=80, rows=24, environment=environment) as terminal:
        terminal.wait_for("Three weeks late")
        yield terminal


def test_three_detractors_are_worked_undone_once_and_redone(path: Path, terminal: Terminal) -> None:
    terminal.press("/", *"nps<=6 campaign:Autumn sort:number", "enter")
    terminal.settle()
    terminal.press("g")
    for number, title in ((1, "Three weeks"), (2, "返金"), (3, "broken")):
        terminal.wait_for_line("▸", title)
        terminal.press("n", *"rang the customer", "enter")
        terminal.wait_for(f"note · #{number}")
        terminal.press("a", "2", "1", "enter", "enter")
        terminal.wait_for(f"Call – Reached · #{number}")
        terminal.press("l", "2", "enter")
        terminal.wait_for(f"+Process · #{number}")
        terminal.press("c", "1", "1")
        terminal.wait_for(f"closed: Resolved · #{number}")
        terminal.press("down")
    terminal.press("u")
    terminal.wait_for("undo: closed")
    terminal.press("U")
    terminal.wait_for("redo: closed")
    with Desk.open(path, user="ana") as desk:
        assert desk.tickets.count("is:closed class:process resolution:resolved note:customer action:call") == 3
        last = [entry.text for entry in desk.tickets.feed(3)]
        assert last[:2] == ["redone: resolution: none → Resolved", "redone: status: open → closed"]
        assert "undone: status: closed → open" in last


def test_text_from_outside_reaches_the_terminal_as_text(terminal: Terminal) -> None:
    terminal.press("/", *"lamp", "enter")
    terminal.wait_for("[@click=app.quit]broken[/]")
    assert b"\x1b]52" not in terminal.raw


def test_q_leaves_and_the_terminal_is_as_before(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.raw.rstrip().endswith(b"\x1b[?25h") or b"\x1b[?1049l" in terminal.raw


def test_the_screen_follows_a_resize_though_columns_and_lines_are_set(terminal: Terminal) -> None:
    terminal.resize(200, 50)
    terminal.settle()
    assert max(len(line) for line in terminal.text.splitlines()) > 150
