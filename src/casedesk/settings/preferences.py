"""What the user prefers: command line over environment over the configuration file over the defaults.

The file is only read; what the program remembers by itself (the theme last chosen) lies in a file of its own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from casedesk.settings.toml_file import SettingsError, TomlFile

DENSITIES: Final = ("compact", "comfortable")
DEFAULT_THEME: Final = "dark"
_ENVIRONMENT: Final = {"CASEDESK_DESK": "desk", "CASEDESK_USER": "user", "CASEDESK_THEME": "theme"}
_REMEMBERED: Final = ("theme", "density")
_REMEMBERED_LISTS: Final = ("related_hidden",)
_NOT_IN_FILE: Final = frozenset({"related_hidden", "themes_folder", "remembered_in", "set_in_file", "problems"})


@dataclass(frozen=True)
class Preferences:
    """The preferences as they hold. `problems` are sentences about what could not be used, for the user to see."""

    desk: str | None = None  # the desk's file
    user: str | None = None  # login; None is the operating system's user
    theme: str = DEFAULT_THEME
    density: str = "compact"  # compact: one line a ticket; comfortable: two
    plain: bool = False  # words and ASCII instead of symbols and lines, for screen readers
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # action id → keys
    related_hidden: tuple[str, ...] = ()  # kinds of related records that aren't shown; chosen in the program alone
    themes_folder: Path | None = None  # the user's own themes
    remembered_in: Path | None = None  # where the program keeps what it remembers
    set_in_file: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


def config_path(given: str | Path | None, environment: Mapping[str, str]) -> Path:
    """The configuration file: `--config`, else `CASEDESK_CONFIG`, else the usual place of the system."""
    if given or environment.get("CASEDESK_CONFIG"):
        return Path(given or environment["CASEDESK_CONFIG"]).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("casedesk", appauthor=False)) / "config.toml"


def load(
    config: str | Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    state: Path | None = None,
    **given: Any,
) -> Preferences:
    """The preferences from every source. `given` are the command line's own (None: not given).

    A mistake in the file never stops the program: what is wrong is left out and told in `problems`, and so is a file
    that was named and isn't there.
    """
    environment = os.environ if environment is None else environment
    path = config_path(config, environment)
    named = bool(config or environment.get("CASEDESK_CONFIG"))
    state = state or _state_path()
    preferences = replace(_remembered(state), remembered_in=state, themes_folder=path.parent / "themes")
    if path.exists() or named:
        preferences = _with_file(preferences, path)
    said: dict[str, Any] = {name: environment[key] for key, name in _ENVIRONMENT.items() if environment.get(key)}
    said |= {name: value for name, value in given.items() if value is not None}
    return replace(preferences, **said)


def _state_path() -> Path:
    import platformdirs

    return Path(platformdirs.user_state_dir("casedesk", appauthor=False)) / "remembered.toml"


def _remembered(state: Path) -> Preferences:
    """The defaults with what the program remembers. A damaged file of its own is no reason to say anything."""
    try:
        values = TomlFile(state).values if state.exists() else {}
    except SettingsError:
        values = {}
    found: dict[str, Any] = {name: values[name] for name in _REMEMBERED if isinstance(values.get(name), str)}
    found |= {name: _texts(values.get(name)) for name in _REMEMBERED_LISTS}
    return Preferences(**found)


def _texts(value: object) -> tuple[str, ...]:
    """The texts of a list; what isn't one is left out."""
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _with_file(preferences: Preferences, path: Path) -> Preferences:
    try:
        file = TomlFile(path)
    except SettingsError as error:
        return replace(preferences, problems=(error.sentence,))
    problems: list[str] = []
    values: dict[str, Any] = {}
    known = {each.name for each in fields(Preferences)} - _NOT_IN_FILE
    for name, value in file.values.items():
        if name not in known:
            problems.append(file.unknown(name, known))
        elif (wrong := _wrong(name, value)) is not None:
            problems.append(file.mistake(name, wrong))
        else:
            values[name] = value
    values["keys"] = _keys(file, values.get("keys", {}), problems)
    return replace(preferences, **values, set_in_file=frozenset(values), problems=tuple(problems))


def _wrong(name: str, value: object) -> str | None:
    """What is wrong with a value of the file, or None."""
    if name == "plain":
        return None if isinstance(value, bool) else "plain is true or false."
    if name == "keys":
        return None if isinstance(value, dict) else "keys is a table: [keys], then one line for each action."
    if not isinstance(value, str):
        return f"{name} is a text in quotation marks."
    if name == "density" and value not in DENSITIES:
        return f"density is {' or '.join(DENSITIES)}."
    return None


def _keys(file: TomlFile, table: dict[str, Any], problems: list[str]) -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for action, value in table.items():
        wanted = [value] if isinstance(value, str) else value
        if isinstance(wanted, list) and all(isinstance(key, str) for key in wanted):
            keys[action] = tuple(key for key in wanted if key)
        else:
            problems.append(file.mistake(action, f"the keys of {action} are a text or a list of texts.", "keys"))
    return keys


def remember(preferences: Preferences, **chosen: str | tuple[str, ...]) -> Preferences:
    """Keep what the user chose in the program for the next start, and what is kept already.

    Written whole or not at all, so that a program started meanwhile reads the one or the other; failing is no error.
    """
    changed = replace(preferences, **chosen)  # type: ignore[arg-type]  # texts, and lists of texts, as they are named
    if changed.remembered_in is not None:
        with suppress(OSError):
            _write(changed.remembered_in, chosen)
    return changed


def _write(state: Path, chosen: Mapping[str, str | tuple[str, ...]]) -> None:
    """Put these keys into the file; every other line of it stays."""
    import json
    import tempfile

    kept = [line for line in _lines(state) if line.partition("=")[0].strip() not in chosen]
    # A text or a list of texts looks the same in JSON and TOML.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in chosen.items()]
    state.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=state.parent, delete=False, encoding="utf-8") as file:
        written = Path(file.name)
    try:
        written.write_text("\n".join([*lines, *kept, ""]), encoding="utf-8")
        written.replace(state)
    finally:
        written.unlink(missing_ok=True)


def _lines(state: Path) -> list[str]:
    """The lines of the file; none when it isn't there or is damaged."""
    try:
        return TomlFile(state).text.splitlines() if state.exists() else []
    except SettingsError:
        return []
