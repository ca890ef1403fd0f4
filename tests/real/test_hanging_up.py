"""A terminal that goes away ends the program, at any moment, and what was being typed is there again (page 5)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.real.terminal import Terminal

pytestmark = pytest.mark.real


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "small.desk"
    with Desk.create(path) as desk:
        desk.tickets.new("Late delivery", "low")
    return path


def opened(path: Path) -> Terminal:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(path.parent)}
    return Terminal("--desk", str(path), columns=80, rows=24, environment=environment)


def type_half_a_note(terminal: Terminal) -> None:
    terminal.wait_for("Late delivery")
    terminal.press("n")
    terminal.wait_for("Add a note")
    terminal.press("half a note")
    terminal.wait_for("half a note")


def draft(path: Path) -> str | None:
    with Desk.open(path) as desk:
        found = desk.drafts.find(1, "note")
        return None if found is None else found.body


@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGTERM])
def test_a_note_half_typed_is_kept_when_the_program_is_asked_to_end(path: Path, end: signal.Signals) -> None:
    with opened(path) as terminal:
        type_half_a_note(terminal)
        terminal.signal(end)
        terminal.wait_for_end()
    assert draft(path) == "half a note"


def test_a_note_half_typed_is_kept_when_the_terminal_is_closed(path: Path) -> None:
    with opened(path) as terminal:
        type_half_a_note(terminal)
        terminal.close()
        terminal.wait_for_end()
    assert draft(path) == "half a note"


def test_a_program_that_waits_to_write_to_a_terminal_nobody_reads_ends_with_it(path: Path) -> None:
    with opened(path) as terminal:
        terminal.wait_for("Late delivery")
        for rows in (40, 30) * 40:  # it draws everything anew each time, more than anybody reads
            terminal.resize(200, rows)
            terminal.type("jk?")
        terminal.close()
        terminal.wait_for_end()
