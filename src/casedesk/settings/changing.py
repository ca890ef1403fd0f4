"""Changing one preference in the user's configuration file; every other line of it stays as the user wrote it.

tomli-w, which writes the desk's set-up, would throw comments and order away. The one value is changed in the text
instead, and what comes out is read again before it is written: where it doesn't say exactly what was wanted, nothing
is written and the user is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from casedesk.domain.errors import InvalidInput, NotThere, Unchanged
from casedesk.settings.preferences import Preferences, with_value
from casedesk.settings.schema import BY_NAME, IN_FILE, KEYS, checked_list
from casedesk.settings.toml_file import SettingsError, TomlFile

_MARK = "\ufeff"


@dataclass(frozen=True)
class Change:
    """A change of the configuration file that can be put back: of `name` from one value to another (None: not set),
    and of the whole text (None: there was no file)."""

    file: Path
    name: str
    before: Any
    after: Any
    text_before: str | None
    text_after: str | None


def change(preferences: Preferences, name: str, value: Any) -> tuple[Preferences, Change]:
    """Set a preference in the user's configuration file; None takes it out of there. The preferences as they hold then.

    `name` is the preference's, or `keys.` and an action's id; whether the keys can be given is for
    `casedesk.tui.keys.rebound` to say. Raises InvalidInput for a value that won't do, Unchanged when the file says so
    already, SettingsError when the file has a mistake or can't be written: then nothing was changed.
    """
    if preferences.file is None:
        raise SettingsError("There is no configuration file to change.")
    wanted = None if value is None else checked(preferences, name, value)
    done = change_file(preferences.file, name, wanted)
    return with_value(preferences, name, wanted), done


def change_all(preferences: Preferences, values: Mapping[str, Any]) -> tuple[Preferences, list[Change]]:
    """Change several preferences in the file, or none of them; those that it has already are left out.

    Raises as `change` does.
    """
    done: list[Change] = []
    try:
        for name, value in values.items():
            try:
                preferences, one = change(preferences, name, value)
            except Unchanged:
                if len(values) == 1:
                    raise
            else:
                done.append(one)
    except InvalidInput:
        for one in reversed(done):
            preferences, _undone = put_back(preferences, one)
        raise
    return preferences, done


def checked(preferences: Preferences, name: str, value: Any) -> Any:
    """The value as it may stand in the configuration file. Raises InvalidInput with what would have been right."""
    if name.startswith(f"{KEYS}."):
        return checked_list(f"The keys of {name.partition('.')[2]}", value)
    if name not in IN_FILE:
        near = get_close_matches(name, IN_FILE, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there is {', '.join(IN_FILE)}."
        raise NotThere(f"There is no preference {name!r} to set; {hint}")
    if name == KEYS:
        raise InvalidInput("Keys are set for one action at a time: keys.ACTION.")
    if name == "theme":
        from casedesk.settings.themes import ThemeShelf

        return ThemeShelf(preferences.themes_folder).theme(BY_NAME[name].checked(value)).name
    return BY_NAME[name].checked(value)


def put_back(preferences: Preferences, done: Change) -> tuple[Preferences, Change]:
    """Take a change back; what comes back takes that back again.

    The file gets its former text to the letter. Where it was changed since, only the one value is put back.
    Raises SettingsError when it can't be written.
    """
    if _text(done.file) != done.text_after:
        undone = change_file(done.file, done.name, done.before)
    else:
        _write(done.file, done.text_before)
        undone = Change(done.file, done.name, done.after, done.before, done.text_after, done.text_before)
    return with_value(preferences, done.name, done.before), undone


def change_file(file: Path, name: str, value: Any) -> Change:
    """Set what is called `name` in a file, or take it out. Raises as `change` does."""
    import tomllib

    from casedesk.settings.toml_text import edited
    from casedesk.settings.toml_values import flat

    text = _text(file)
    values = flat(_sound(file))
    before = values.get(name)
    if before == (list(value) if isinstance(value, tuple) else value):
        raise Unchanged(f"{file} says so already." if value is not None else f"{name} is not in {file}.")
    expected = {each: kept for each, kept in values.items() if each != name}
    if value is not None:
        expected[name] = list(value) if isinstance(value, tuple) else value
    path = (KEYS, name.partition(".")[2]) if name.startswith(f"{KEYS}.") else (name,)
    new = edited((text or "").removeprefix(_MARK), path, value)
    try:
        said = flat(tomllib.loads(new))
    except tomllib.TOMLDecodeError:
        said = {}
    if said != expected:
        raise SettingsError(f"{file} is written in a way that can't be changed from here; set {name} in it by hand.")
    new = _MARK * (text or "").startswith(_MARK) + new
    _write(file, new)
    return Change(file, name, before, value, text, new)


def _sound(file: Path) -> dict[str, Any]:
    """The file's values; nothing when it isn't there. Raises SettingsError when it has a mistake."""
    if not file.exists() and not file.is_symlink():
        return {}
    try:
        return TomlFile(file).values if file.exists() else {}
    except SettingsError as error:
        raise SettingsError(f"{error.sentence} Nothing was changed; mend that first.") from error


def _text(file: Path) -> str | None:
    """The file's text to the letter, a byte order mark with it; None when there is none. Raises SettingsError."""
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text.") from error
    except OSError as error:
        raise SettingsError(f"{file} can't be read: {error.strerror}.") from error


def _write(file: Path, text: str | None) -> None:
    from casedesk.settings.writing import remove, write_whole

    try:
        if text is None:
            remove(file)
        else:
            write_whole(file, text)
    except OSError as error:
        raise SettingsError(f"{file} can't be written: {error.strerror}.") from error
