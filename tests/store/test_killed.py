"""A program that is killed in the middle: what was acknowledged is there, nothing is half done, the file is sound."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casedesk.desk import Desk

IMPORTING = """
import sys
from casedesk.desk import Desk
with Desk.open(sys.argv[1], user="ana") as desk:
    print("begun", flush=True)
    desk.imports.run(sys.argv[2], campaign="Killed", source="test")
"""

ACTING = """
import sys
from casedesk.desk import Desk
with Desk.open(sys.argv[1], user="ana") as desk:
    turn = 0
    while True:
        desk.tickets.add_note(1, f"note {turn}")
        print(turn, flush=True)
        turn += 1
"""


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def sound(path: Path) -> bool:
    with sqlite3.connect(path) as connection:
        checks = (
            connection.execute("PRAGMA integrity_check").fetchall(),
            connection.execute("PRAGMA foreign_key_check").fetchall(),
        )
    return checks == ([("ok",)], [])


@pytest.mark.parametrize("seed", range(3))
def test_an_import_that_is_killed_is_completed_by_running_it_again(desk: Desk, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "many.csv"
    rows = "\n".join(f"r{i},p{i % 700}@example.com,{i % 11},word {i}" for i in range(20_000))
    path.write_text(f"id,email,nps,comment\n{rows}\n")
    process = run(IMPORTING, desk.path, path)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.1, 1.5))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert sound(desk.path)
    count = desk.store.reader().value
    assert count("SELECT count(*) FROM ticket") == count("SELECT count(*) FROM response WHERE score <= 6")
    desk.imports.run(path, campaign="Killed", source="test")
    assert count("SELECT count(*) FROM response") == 20_000
    assert count("SELECT count(*) FROM contact") == 700
    assert count("SELECT count(*) FROM answer WHERE number IS NOT NULL") == 20_000
    assert desk.tickets.count("tag:detractor") == sum(i % 11 <= 6 for i in range(20_000))


@pytest.mark.parametrize("seed", range(3))
def test_an_act_that_was_acknowledged_survives_a_kill(desk: Desk, seed: int) -> None:
    desk.tickets.new("One", "low")
    process = run(ACTING, desk.path)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(random.Random(seed).randrange(5, 40))]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += process.stdout.read().split()
    process.wait()
    assert sound(desk.path)
    notes = [note.body for note in desk.tickets.show(1).notes]
    assert notes[: len(acknowledged)] == [f"note {turn}" for turn in acknowledged]
    assert len(notes) <= len(acknowledged) + 1
