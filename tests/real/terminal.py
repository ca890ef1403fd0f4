"""A real pseudo-terminal with the program in it, and the screen that its user sees."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from types import TracebackType

import pyte

KEYS = {"enter": "\r", "esc": "\x1b", "tab": "\t", "down": "\x1b[B", "up": "\x1b[A", "backspace": "\x7f"}


class Terminal:
    """`python -m casedesk ARGUMENTS` in a terminal of `columns` by `rows`."""

    def __init__(self, *arguments: str, columns: int, rows: int, environment: Mapping[str, str]) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = bytearray()
        self.told: list[str] = []  # what stood in the bottom line, one after the other
        self._pid, self._file = pty.fork()
        if self._pid == 0:
            sizes = {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(rows)}
            os.execvpe(sys.executable, [sys.executable, "-m", "casedesk", *arguments], {**environment, **sizes})
        self._tell_size(columns, rows)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        self.close()

    status: int | None = None

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self._line(y) for y in range(self._screen.lines))

    def _line(self, y: int) -> str:
        """A line as text. What follows a wide character is empty, and half of one that was overwritten is too."""
        line = self._screen.buffer[y]
        return "".join(line[x].data for x in range(self._screen.columns)).rstrip()

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size, as a window manager does."""
        self._screen.resize(rows, columns)
        self._tell_size(columns, rows)

    def _tell_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, *keys: str) -> None:
        """Type keys, by name or as they are."""
        for key in keys:
            os.write(self._file, KEYS.get(key, key).encode())
            self._read(0.05)

    def type(self, text: str) -> None:
        """Type it, and read nothing of what is drawn for it."""
        os.write(self._file, text.encode())

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self._pid, number)

    def close(self) -> None:
        """Close the window."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Read until `text` stands on the screen."""
        end = time.monotonic() + seconds
        while text not in self.text:
            if time.monotonic() > end or not (self._read(0.2) or self._alive()):
                told = "\n".join(self.told[-6:])
                raise AssertionError(f"{text!r} never came; the screen:\n{self.text}\nlast bottom lines:\n{told}")

    def wait_for_line(self, *texts: str, seconds: float = 30) -> None:
        """Read until one line of the screen has all the texts."""
        end = time.monotonic() + seconds
        while not any(all(text in line for text in texts) for line in self.text.splitlines()):
            if time.monotonic() > end:
                raise AssertionError(f"{texts} never stood in one line; the screen:\n{self.text}")
            self._read(0.2)

    def settle(self, quiet: float = 0.7) -> None:
        """Read until nothing more comes."""
        while self._read(quiet):
            pass

    def wait_for_end(self, seconds: float = 20) -> int:
        """Read until the program ends; its exit status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read(0.1)
            if not self._alive():
                assert self.status is not None
                return self.status
        raise AssertionError(f"it never ended; the screen:\n{self.text}")

    def _alive(self) -> bool:
        if self.status is None:
            done, status = os.waitpid(self._pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is None

    def _read(self, seconds: float) -> bool:
        if self._file < 0:
            time.sleep(seconds)
            return False
        if not select.select([self._file], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._file, 1 << 16)
        except OSError:  # the other end is gone
            return False
        self.raw += data
        self._stream.feed(data)
        if (bottom := self._line(self._screen.lines - 1)) not in self.told[-1:]:
            self.told.append(bottom)
        return bool(data)
