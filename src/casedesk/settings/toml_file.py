"""Reading the user's TOML files: mistakes are told with file, line and what would have been right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casedesk.domain.errors import InvalidInput

LARGEST = 1_000_000
"""Bytes of a settings file that are read; a bigger one is refused."""


class SettingsError(InvalidInput):
    """A settings file can't be used; the sentence names the file and the line."""


class TomlFile:
    """A TOML file, read, with a way to say where in it something stands."""

    def __init__(self, path: Path) -> None:
        import tomllib

        self.path = path
        self.text = self._read(path)
        try:
            self.values: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"{path}: {_sentence(str(error))}") from error

    @staticmethod
    def _read(path: Path) -> str:
        try:
            if path.stat().st_size > LARGEST:
                raise SettingsError(f"{path} is too large for a settings file.")
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise SettingsError(f"{path} is not UTF-8 text.") from error
        except OSError as error:
            raise SettingsError(f"{path} can't be read: {error.strerror}.") from error

    def line_of(self, key: str, table: str = "") -> int:
        """The line on which `key` is set, inside `[table]` if one is named; 1 when it isn't found."""
        inside = table == ""
        wanted = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.lstrip().startswith("["):
                inside = line.strip().strip("[]").strip() == table
            elif inside and wanted.match(line):
                return number
        return 1

    def mistake(self, key: str, what: str, table: str = "") -> str:
        """A sentence about the value of `key`."""
        return f"{self.path}, line {self.line_of(key, table)}: {what}"

    def unknown(self, key: str, known: Iterable[str], table: str = "") -> str:
        """A sentence about a key that means nothing, with the nearest that does."""
        import difflib

        near = difflib.get_close_matches(key, list(known), 1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        return self.mistake(key, f"there is no setting {key!r}{hint}", table)


def _sentence(message: str) -> str:
    """tomllib's message with its line first: `line 3: …`."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message)
    return f"line {found[2]}: {found[1][0].lower()}{found[1][1:]}." if found else f"{message}."
