"""Themes: a TOML file each, shipped in `themes/` or put by the user into the `themes` folder beside the configuration.

A theme names its colours by what they mean. One that says `base = "dark"` needs to name only what differs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casedesk.settings.shipped import folder
from casedesk.settings.toml_file import SettingsError, TomlFile

COLOURS: Final[dict[str, str]] = {
    "accent": "the one accent: focus, keys, the cursor's sign",
    "text": "text",
    "muted": "labels, ages and other side matters",
    "background": "behind everything",
    "raised": "behind the head line, the bottom line, modals and lists that drop down",
    "line": "borders of panes that haven't the focus",
    "selection": "behind the cursor's line in the pane with the focus",
    "selection-dim": "behind the cursor's line in other panes",
    "good": "promoters, success",
    "warning": "passives, what will soon be due",
    "bad": "detractors, errors, what is overdue",
    "state-new": "the state new",
    "state-open": "the state open",
    "state-pending": "the state pending",
    "state-closed": "the state closed",
    "priority-top": "the highest priority",
    "priority-high": "the priority below it",
    "priority-low": "the lowest priority",
}
"""Every colour of a theme, with what it is for."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Theme:
    """A theme: `#rrggbb` by the colour's name."""

    name: str
    title: str
    dark: bool
    colours: Mapping[str, str]


class ThemeShelf:
    """Every theme that can be used: the shipped ones and those in the user's folder `own`, which come first.

    A theme is read when it is asked for, so that a start reads only the one that it needs.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._folders = [place for place in (own, folder("themes")) if place is not None]

    def names(self) -> list[str]:
        """The names of all theme files, sorted."""
        return sorted({path.stem for place in self._folders for path in _files(place)})

    def theme(self, name: str) -> Theme:
        """The theme of that name. Raises SettingsError, with file and line, when there is none or it has a mistake."""
        return self._read(name, frozenset())

    def all(self) -> tuple[list[Theme], list[str]]:
        """All themes without a mistake, and sentences about the others."""
        themes: list[Theme] = []
        problems: list[str] = []
        for name in self.names():
            try:
                themes.append(self.theme(name))
            except SettingsError as error:
                problems.append(error.sentence)
        return themes, problems

    def _read(self, name: str, besides: frozenset[Path]) -> Theme:
        """The theme in the first folder that has it. `besides` are the files that are being read, for a base's sake."""
        for place in self._folders:
            path = place / f"{name}.toml"
            if _NAME.fullmatch(name) and path not in besides and path.is_file():
                return self._theme_in(path, besides | {path})
        raise SettingsError(f"There is no theme {name!r}; there is {', '.join(self.names())}.")

    def _theme_in(self, path: Path, reading: frozenset[Path]) -> Theme:
        file = TomlFile(path)
        for key in file.values:
            if key not in _KEYS:
                raise SettingsError(file.unknown(key, _KEYS))
        base = None
        if "base" in file.values:
            try:
                base = self._read(str(file.values["base"]), reading)
            except SettingsError as error:
                raise SettingsError(file.mistake("base", f"the base can't be used. {error.sentence}")) from error
        return _theme(path.stem, file, base)


_KEYS = ("title", "dark", "base", "colours")


def _files(place: Path) -> list[Path]:
    try:
        return [path for path in place.glob("*.toml") if _NAME.fullmatch(path.stem)]
    except OSError:
        return []


def _theme(name: str, file: TomlFile, base: Theme | None) -> Theme:
    """The theme that a file describes, on top of its base."""
    title = file.values.get("title", base.title if base else name)
    dark = file.values.get("dark", base.dark if base else None)
    if not isinstance(dark, bool):
        raise SettingsError(file.mistake("dark", "dark says true or false."))
    if not isinstance(title, str):
        raise SettingsError(file.mistake("title", "title is a text in quotation marks."))
    colours = {**(base.colours if base else {}), **_colours(file)}
    missing = [colour for colour in COLOURS if colour not in colours]
    if missing:
        what = f"the colour {missing[0]!r} is missing ({COLOURS[missing[0]]}); set it, or name a base."
        raise SettingsError(file.mistake("colours", what))
    return Theme(name, title, dark, colours)


def _colours(file: TomlFile) -> dict[str, str]:
    table = file.values.get("colours", {})
    if not isinstance(table, dict):
        raise SettingsError(file.mistake("colours", "colours is a table: [colours], then one line for each colour."))
    for colour, value in table.items():
        if colour not in COLOURS:
            raise SettingsError(file.unknown(colour, COLOURS, "colours"))
        if not isinstance(value, str) or not _HEX.fullmatch(value):
            raise SettingsError(file.mistake(colour, f'{colour} is a colour like "#1a2b3c".', "colours"))
    return dict(table)
