"""Chromium without a window: what it makes of a page, and what it complains of."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)

needs_chromium = pytest.mark.skipif(
    not PROGRAM, reason="there is no chromium here; on Debian: apt-get install chromium"
)

_COMPLAINT = re.compile(r":CONSOLE[:(]\d+\)?\] *(.*)")


@dataclass(frozen=True)
class Shown:
    """The document as the browser has it in the end, and what stood in its console."""

    document: str
    complaints: tuple[str, ...]


def show(page: Path, profile: Path, width: int = 1200) -> Shown:
    """Open a file and wait until nothing more happens on it."""
    ran = _chromium(
        page, profile, "--dump-dom", f"--window-size={width},1000", "--enable-logging=stderr", "--log-level=0"
    )
    return Shown(ran.stdout, tuple(_COMPLAINT.findall(ran.stderr)))


def print_page(page: Path, profile: Path, pdf: Path) -> bytes:
    """Print a file as a PDF; its bytes."""
    _chromium(page, profile, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    return pdf.read_bytes()


def _chromium(page: Path, profile: Path, *options: str) -> subprocess.CompletedProcess[str]:
    always = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=2000")
    return subprocess.run(
        [PROGRAM, *always, f"--user-data-dir={profile}", *options, page.as_uri()],
        capture_output=True, encoding="utf-8", timeout=120, check=True,
    )  # fmt: skip
