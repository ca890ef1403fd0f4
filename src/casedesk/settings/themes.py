"""Themes: a TOML file each, shipped in `themes/` or put by the user into the `themes` folder beside the configuration.

A theme names its colours by what they mean. One that says `base = "dark"` needs to name only what differs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casedesk.settings.shipped import folder
from casedesk.settings.toml_file import SettingsError, TomlFile
from casedesk.settings.writing import write_whole

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
_KEYS: Final = ("title", "dark", "base", "colours")

Seen = Mapping[str, tuple[int, ...]]
"""The theme files of the user by name, each with what changes when it is written."""


@dataclass(frozen=True)
class Theme:
    """A theme: `#rrggbb` by the colour's name. `own` is true of one that the user made."""

    name: str
    title: str
    dark: bool
    colours: Mapping[str, str]
    own: bool = False


class ThemeMistakes(SettingsError):
    """A theme can't be used: a sentence about each mistake, with file and line."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        more = len(mistakes) - 1
        super().__init__(mistakes[0] + (f" There {'are' if more > 1 else 'is'} {more} more." if more else ""))
        self.mistakes = tuple(mistakes)


class ThemeShelf:
    """Every theme that can be used: the shipped ones and those in the user's folder `own`, which come first.

    A theme is read when it is asked for, so that a start reads only the one that it needs.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._folders = [place for place in (own, folder("themes")) if place is not None]

    def names(self) -> list[str]:
        """The names of all theme files, sorted."""
        return sorted({path.stem for place in self._folders for path in _files(place) if _NAME.fullmatch(path.stem)})

    def theme(self, name: str) -> Theme:
        """The theme of that name. Raises SettingsError, with file and line, when there is none or it has a mistake."""
        return self._read(name, ())

    def all(self) -> tuple[list[Theme], list[str]]:
        """All themes without a mistake, and sentences about the others, and about titles that two themes have."""
        themes: list[Theme] = []
        problems = self._misnamed()
        for name in self.names():
            try:
                themes.append(self.theme(name))
            except SettingsError as error:
                problems.append(error.sentence)
        return themes, problems + self._same_titles(themes)

    def check(self, path: Path) -> Theme:
        """The theme in a file that may lie anywhere. Raises SettingsError; of a ThemeMistakes all are told at once."""
        if path.suffix != ".toml" or not _NAME.fullmatch(path.stem):
            raise SettingsError(_misnamed(path))
        return self._theme_in(path, (path.absolute(),))

    def seen(self) -> Seen:
        """The user's theme files as they are now: what has changed since is what differs."""
        found: dict[str, tuple[int, ...]] = {}
        for path in _files(self._own) if self._own is not None else ():
            try:
                state = path.stat()
            except OSError:
                found[path.stem] = ()
            else:
                found[path.stem] = (state.st_mtime_ns, state.st_size, state.st_ino)
        return found

    def _read(self, name: str, besides: tuple[Path, ...]) -> Theme:
        """The theme in the first folder that has it. `besides` are the files that are being read, for a base's sake:
        an own theme may have the name of a shipped one and build on that, but none builds on itself."""
        going_on = ""
        for place in self._folders if _NAME.fullmatch(name) else ():
            path = (place / f"{name}.toml").absolute()
            if path in besides:
                going_on = name
            elif os.path.lexists(path):
                return self._theme_in(path, (*besides, path))
        if going_on:
            chain = " → ".join([path.stem for path in besides] + [name])
            raise SettingsError(f"The themes build on each other in a circle: {chain}.")
        raise SettingsError(f"There is no theme {name!r}{_nearest(name, self.names())}")

    def _theme_in(self, path: Path, reading: tuple[Path, ...]) -> Theme:
        file = TomlFile(path)
        mistakes = [file.unknown(key, _KEYS) for key in file.values if key not in _KEYS]
        base = None
        if "base" in file.values:
            try:
                base = self._base(file.values["base"], reading)
            except SettingsError as error:
                mistakes.append(file.mistake("base", f"the base can't be used. {error.sentence}"))
        return _theme(file, base, mistakes, own=path.parent != self._folders[-1].absolute())

    def _base(self, name: object, reading: tuple[Path, ...]) -> Theme:
        if not isinstance(name, str):
            raise SettingsError("base is the name of a theme in quotation marks.")
        return self._read(name, reading)

    def _misnamed(self) -> list[str]:
        """Sentences about the user's files that look like themes and can't be called by their name."""
        files = _files(self._own) if self._own is not None else []
        return [_misnamed(path) for path in sorted(files) if not _NAME.fullmatch(path.stem)]

    def _same_titles(self, themes: Sequence[Theme]) -> list[str]:
        """Sentences about own themes that are called like another one, so that nobody could tell them apart."""
        problems = []
        for theme in themes:
            others = [other.name for other in themes if other.title == theme.title and other is not theme]
            if theme.own and others and self._own is not None:
                file = TomlFile(self._own / f"{theme.name}.toml")
                problems.append(file.mistake("title", f"{theme.title!r} is the title of {others[0]}, too."))
        return problems


def begin_theme(folder: Path, name: str, base: str) -> Path:
    """Make a theme in the user's folder from another one, with a comment on each colour. The file.

    Raises SettingsError when the name won't do, there is such a file already, or it can't be written.
    """
    path = folder / f"{name}.toml"
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name!r} can't be a theme's name: small letters, digits and hyphens can.")
    if os.path.lexists(path):
        raise SettingsError(f"{path} is there already.")
    beginning = ThemeShelf(folder).theme(base)
    longest = max(map(len, COLOURS))
    lines = [
        "# A theme of your own. What is saved here is shown at once; a colour that is left out is that of the base.",
        f'title = "{name.replace("-", " ").capitalize()}"',
        f'base = "{base}"',
        f"dark = {'true' if beginning.dark else 'false'}",
        "",
        "[colours]",
        *(f'{colour:<{longest}} = "{beginning.colours[colour]}"  # {what}' for colour, what in COLOURS.items()),
        "",
    ]
    try:
        write_whole(path, "\n".join(lines))
    except OSError as error:
        raise SettingsError(f"{path} can't be written: {error.strerror}.") from error
    return path


def _files(place: Path) -> list[Path]:
    try:
        return list(place.glob("*.toml"))
    except OSError:
        return []


def _misnamed(path: Path) -> str:
    return f"{path}: a theme's file is called by small letters, digits and hyphens, and ends in .toml."


def _nearest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; there is {', '.join(known)}."


def _theme(file: TomlFile, base: Theme | None, mistakes: list[str], *, own: bool) -> Theme:
    """The theme that a file describes, on top of its base. Raises ThemeMistakes with those found before, too."""
    name = file.path.stem
    of_base = base.title if base and base.name == name else name.replace("-", " ").capitalize()
    title = file.values.get("title", of_base)
    dark = file.values.get("dark", base.dark if base else None)
    broken = "base" in file.values and base is None
    if not isinstance(dark, bool) and not (broken and dark is None):
        mistakes.append(file.mistake("dark", "dark says true or false."))
    if not isinstance(title, str) or not title.strip():
        mistakes.append(file.mistake("title", "title is a text in quotation marks."))
    own_colours = _colours(file, mistakes)
    colours = {**(base.colours if base else {}), **own_colours}
    missing = [colour for colour in COLOURS if colour not in colours]
    if missing and not broken and isinstance(file.values.get("colours", {}), dict):
        more = f", and {len(missing) - 1} more" if missing[1:] else ""
        what = f"the colour {missing[0]!r} is missing ({COLOURS[missing[0]]}){more}; set it, or name a base."
        mistakes.append(file.mistake("colours", what))
    if mistakes:
        raise ThemeMistakes(mistakes)
    return Theme(name, title, bool(dark), {colour: colours[colour] for colour in COLOURS}, own)


def _colours(file: TomlFile, mistakes: list[str]) -> dict[str, str]:
    """The colours that a file sets and that can be used; what can't is told."""
    table = file.values.get("colours", {})
    if not isinstance(table, dict):
        mistakes.append(file.mistake("colours", "colours is a table: [colours], then one line for each colour."))
        return {}
    found: dict[str, str] = {}
    for colour, value in table.items():
        if colour not in COLOURS:
            mistakes.append(file.unknown(colour, COLOURS, "colours", kind="colour"))
        elif not isinstance(value, str) or not _HEX.fullmatch(value):
            mistakes.append(file.mistake(colour, f'{colour} is a colour like "#1a2b3c".', "colours"))
            found[colour] = ""
        else:
            found[colour] = value.lower()
    return found
