"""Survey answers as a file, for tests of rules."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

HEADER = ("id", "email", "nps", "comment", "wish", "answered_at")

ROWS = (
    ("r1", "rosa@example.com", "2", "Late again", "callback", "2026-01-20 10:00"),
    ("r2", "ken@example.com", "9", "Fine", "", "2026-01-21 10:00"),
    ("r3", "ada@example.com", "6", "", "callback", "2026-01-22 10:00"),
    ("r4", "bo@example.com", "0", "Never again", "", "2026-01-23 10:00"),
    ("r5", "cy@example.com", "7", "Well", "callback", "2026-01-24 10:00"),
)


def write(path: Path, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path
