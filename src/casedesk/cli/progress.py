"""One line on the terminal that says how far a long command is. Without a terminal it says nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Self

STOPPED = "Stopped; what is left is done by the next sweep."
"""Said when somebody stops what a sweep goes on with."""

WIDTH = 24
_PAUSE = 0.1
_EIGHTHS = " ▏▎▍▌▋▊▉"


class ProgressLine:
    """Draws on standard error, at most ten times a second, and wipes itself away at the end."""

    def __init__(self, what: str, *, stopped: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        """`stopped` is said when the user stops the work by Ctrl+C."""
        self._what = what
        self._stopped = stopped
        self._clock = clock
        self._drawn = clock()
        self._visible = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._visible:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        if kind is KeyboardInterrupt and self._stopped:
            sys.stderr.write(f"casedesk: {self._stopped}\n")

    def tell(self, done: int, total: int) -> None:
        """So many of so many are done."""
        self._draw(done / total if total else 1.0, f"{done:,} of {total:,} {self._what}")

    def tell_count(self, done: int, total: int) -> bool:
        """The same for an act, which asks whether to go on."""
        self.tell(done, total)
        return True

    def tell_step(self, step: str, done: int, total: int) -> bool:
        """How far a step is of a work that has several; of 0 where nobody knows."""
        self._draw(done / total if total else None, step)
        return True

    def tell_bytes(self, done: int, total: int, rows: int) -> bool:
        """So much of a file is read, and so many rows came out of it."""
        self._draw(done / total if total else None, f"{rows:,} {self._what}")
        return True

    def _draw(self, fraction: float | None, text: str) -> None:
        now = self._clock()
        if not sys.stderr.isatty() or now - self._drawn < _PAUSE:
            return
        self._drawn = now
        self._visible = True
        share = "" if fraction is None else f"{bar(fraction)} {min(fraction, 1):4.0%}  "
        sys.stderr.write(f"\r\x1b[K{share}{text}")
        sys.stderr.flush()


def bar(fraction: float, width: int = WIDTH) -> str:
    """A bar of `width` cells, filled by eighths of a cell."""
    eighths = round(max(0.0, min(fraction, 1.0)) * width * 8)
    full, part = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[part] if part else "")).ljust(width, "·")
