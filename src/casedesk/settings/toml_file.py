"""Reading the user's TOML files: mistakes are told with file, line and what would have been right."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casedesk.domain.errors import InvalidInput

LARGEST = 1_000_000
"""Bytes of a settings file that are read; a bigger one is refused."""


class SettingsError(InvalidInput):
    """A settings file can't be used; the sentence names the file and the line."""


class TomlFile:
    """A TOML file, read, with a way to say where in it something stands. Raises SettingsError when it can't be read."""

    def __init__(self, path: Path) -> None:
        import tomllib

        self.path = path
        self.text = read_text(path)
        try:
            self.values: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"{path}, {self._sentence(str(error))}") from error

    def line_of(self, key: str, table: str = "") -> int:
        """The line on which `key` is set, inside `[table]` if one is named; 1 when it isn't found."""
        from casedesk.settings.toml_text import line_of

        return line_of(self.text, *([table] if table else []), key)

    def place(self, key: str, table: str = "") -> str:
        """Where `key` is set: `FILE, line N`."""
        return f"{self.path}, line {self.line_of(key, table)}"

    def mistake(self, key: str, what: str, table: str = "") -> str:
        """A sentence about the value of `key`."""
        return f"{self.place(key, table)}: {what}"

    def unknown(self, key: str, known: Iterable[str], table: str = "", kind: str = "setting") -> str:
        """A sentence about a key that means nothing, with the nearest that does."""
        import difflib

        near = difflib.get_close_matches(key, list(known), 1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        return self.mistake(key, f"there is no {kind} {key!r}{hint}", table)

    def _sentence(self, message: str) -> str:
        """tomllib's message with its line first: `line 3: …`."""
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", message)
        if found is None:
            return f"line 1: {message}."
        line = found[2] or len(self.text.splitlines()) or 1
        return f"line {line}: {found[1][0].lower()}{found[1][1:]}."


def read_text(path: Path) -> str:
    """The text of a settings file, its line ends as they are, without a byte order mark. Raises SettingsError."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # reading a pipe would wait for ever
            raise SettingsError(f"{path} is not a file.")
        if found.st_size > LARGEST:
            raise SettingsError(f"{path} is too large for a settings file.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text.") from error
    except OSError as error:
        raise SettingsError(f"{path} can't be read: {error.strerror}.") from error
