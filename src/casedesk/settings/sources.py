"""Where preferences come from: command line over environment over configuration file over what is remembered."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from casedesk.domain.errors import InvalidInput
from casedesk.settings.schema import BY_NAME, IN_FILE, KEYS, PREFERENCES, checked_list, key_tables
from casedesk.settings.toml_file import SettingsError, TomlFile

COMMAND_LINE: Final = "command line"
ENVIRONMENT: Final = "environment"
FILE: Final = "file"
REMEMBERED: Final = "remembered"
DEFAULT: Final = "default"


@dataclass(frozen=True)
class Source:
    """What one source says. `mistakes` are sentences by what they are about; `place` says where a value stands."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    place: Callable[[str], str] = field(default=str)


@dataclass(frozen=True)
class Sources:
    """Every source, the strongest first, with the file that the user's own preferences belong into."""

    file: Path
    state: Path
    ordered: tuple[Source, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences about everything that can't be used."""
        return tuple(sentence for source in self.ordered for sentence in source.mistakes.values())


def config_path(given: str | Path | None, environment: Mapping[str, str]) -> Path:
    """The configuration file: `--config`, else `CASEDESK_CONFIG`, else the usual place of the system."""
    if given or environment.get("CASEDESK_CONFIG"):
        return Path(given or environment["CASEDESK_CONFIG"]).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("casedesk", appauthor=False)) / "config.toml"


def read_sources(
    config: str | Path | None,
    environment: Mapping[str, str] | None,
    state: Path | None,
    given: Mapping[str, Any],
) -> Sources:
    """Read every source. A mistake never stops the program: what is wrong is left out and told."""
    environment = os.environ if environment is None else environment
    path = config_path(config, environment)
    named = bool(config or environment.get("CASEDESK_CONFIG"))
    state = state or _state_path()
    command_line = Source(
        COMMAND_LINE,
        {name: value for name, value in given.items() if value is not None},
        place=lambda name: BY_NAME[name].option,
    )
    file = _file(path) if path.exists() or path.is_symlink() or named else Source(FILE)
    return Sources(path, state, (command_line, _environment(environment), file, remembered(state)))


def _state_path() -> Path:
    import platformdirs

    return Path(platformdirs.user_state_dir("casedesk", appauthor=False)) / "remembered.toml"


def _environment(environment: Mapping[str, str]) -> Source:
    values: dict[str, Any] = {}
    mistakes: dict[str, str] = {}
    for each in PREFERENCES:
        if each.variable and environment.get(each.variable):
            try:
                values[each.name] = each.read(environment[each.variable])
            except InvalidInput as error:
                mistakes[each.name] = f"{each.variable}: {error.sentence}"
    return Source(ENVIRONMENT, values, mistakes, lambda name: BY_NAME[name].variable)


def _file(path: Path) -> Source:
    try:
        file = TomlFile(path)
    except SettingsError as error:
        return Source(FILE, {}, {"": error.sentence})
    values: dict[str, Any] = {}
    mistakes: dict[str, str] = {}
    for name, value in file.values.items():
        if name not in IN_FILE:
            mistakes[name] = file.unknown(name, IN_FILE)
            continue
        try:
            values[name] = BY_NAME[name].checked(value)
        except InvalidInput as error:
            mistakes[name] = file.mistake(name, error.sentence)
    if KEYS in values:
        values[KEYS] = _keys(file, values[KEYS], mistakes)
    return Source(FILE, values, mistakes, lambda name: file.place(*reversed(name.split(".", 1))))


def _keys(file: TomlFile, table: Mapping[str, Any], mistakes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for action, value in key_tables(table):
        try:
            keys[action] = checked_list(action, value)
        except InvalidInput:
            what = f"the keys of {action} are a text or a list of texts."
            mistakes[f"{KEYS}.{action}"] = file.mistake(action, what, KEYS)
    return keys


def remembered(state: Path | None) -> Source:
    """What the program remembers. A damaged file of its own is no reason to say anything."""
    try:
        found = TomlFile(state).values if state is not None and state.exists() else {}
    except SettingsError:
        found = {}
    values: dict[str, Any] = {}
    for each in PREFERENCES:
        value = found.get(each.name)
        if each.kind == "list" and isinstance(value, list):
            values[each.name] = tuple(text for text in value if isinstance(text, str))
        elif each.remembered and each.kind != "list" and isinstance(value, str):
            values[each.name] = value
    return Source(REMEMBERED, values, place=lambda _name: str(state))
