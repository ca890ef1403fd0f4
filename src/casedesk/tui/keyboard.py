"""Keys of a keyboard: how they are called, and which of them never reach a program in a terminal."""

from __future__ import annotations

from functools import cache
from typing import Final

from textual.keys import Keys, key_to_character

from casedesk.domain.errors import InvalidInput

_NAMES: Final = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "shift+tab": "Shift+Tab", "pageup": "PgUp", "pagedown": "PgDn",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End", "space": "Space",
    "comma": ",", "delete": "Del", "insert": "Ins", "backspace": "Backspace",
}  # fmt: skip
_OTHER_NAMES: Final = {
    "return": "enter", "esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "ins": "insert",
    " ": "space", ",": "comma", **{shown.lower(): key for key, shown in _NAMES.items()},
}  # fmt: skip
_MODIFIERS: Final = ("alt", "ctrl", "hyper", "meta", "shift", "super")

SWALLOWED: Final = {
    "ctrl+c": "it is how a program is stopped",
    "ctrl+s": "it stops what the terminal shows",
    "ctrl+q": "it lets the terminal show again what ctrl+s stopped",
    "ctrl+z": "it sends a program into the background",
    "ctrl+\\": "it is how a program is killed",
    "alt+enter": "many terminals fill the whole screen with it",
    "ctrl+h": "a terminal sends Backspace for it",
    "ctrl+i": "a terminal sends Tab for it",
    "ctrl+j": "a terminal sends Enter for it",
    "ctrl+m": "a terminal sends Enter for it",
    "ctrl+[": "a terminal sends Esc for it",
}
"""Keys that a terminal keeps for itself or sends as another one, with the reason."""

_PLAIN: Final = ("enter", "escape", "space", "backspace", "tab")
"""Keys that arrive the same with Ctrl or Shift as without."""


def key_name(key: str) -> str:
    """A key as it is written for people: `Esc`, `PgUp`, `F2`, `ctrl+p`, `shift+↑`, `x`."""
    held, plus, last = key.rpartition("+") if not key.endswith("+") else ("", "", key)
    name = last.upper() if last[:1] == "f" and last[1:].isdigit() else _NAMES.get(last, last)
    return _NAMES.get(key, f"{held}{plus}{name}")


def key_of(written: str) -> str:
    """The key that is meant: `Ctrl+N` → `ctrl+n`, `question_mark` → `?`, `Esc` → `escape`, `shift+a` → `A`.

    Raises InvalidInput when there is no such key, or when a terminal doesn't pass it on.
    """
    key = _key_of(written)
    *modifiers, last = key.rsplit("+", 1) if key != "+" else [key]
    held = modifiers[0].split("+") if modifiers else []
    reason = SWALLOWED.get(key, "")
    if not reason and {"super", "hyper", "meta"} & set(held):
        reason = "most terminals send nothing for it"
    if not reason and held and last in _PLAIN and key != "shift+tab":
        reason = f"a terminal sends {key_name(last)} for it"
    letter = len(last) == 1 and last.isascii() and last.isalpha()
    if not reason and "ctrl" in held and (len(last) == 1 or last == "comma") and not (letter and held == ["ctrl"]):
        reason = "most terminals can't send it"
    if reason:
        raise InvalidInput(f"{key_name(key)} can't be used: {reason}.")
    return key


def same_key(key: str) -> str:
    """One spelling for every way in which a key may be called, so that keys can be compared; unknown ones stay."""
    try:
        return _key_of(key)
    except InvalidInput:
        return key


def _key_of(written: str) -> str:
    key = written if written in (" ", "+") else written.strip()
    if len(key) == 1:
        if not key.isprintable():
            raise InvalidInput("That is no key.")
        return _OTHER_NAMES.get(key, key)
    *held, last = key.split("+")
    held = sorted(each.strip().lower() for each in held)
    last = _last_of(last.strip())
    if len(last) == 1 and held == ["shift"]:
        if not last.isalpha():
            raise InvalidInput(f"{key} can't be used: name the sign that it writes.")
        return last.upper()
    if len(last) == 1 and held:
        last = last.lower()
    if not last or any(each not in _MODIFIERS for each in held) or (len(last) > 1 and last not in _known()):
        raise InvalidInput(f"There is no key {key!r}; keys are called x, ctrl+x, f8, pageup, enter, …")
    return "+".join([*held, last])


def _last_of(name: str) -> str:
    """A key without the others held down with it, by the name that it goes by here."""
    if len(name) == 1:
        return _OTHER_NAMES.get(name, name)
    name = _OTHER_NAMES.get(name.lower(), name.lower())
    character = None if name in _known() else key_to_character(name)
    return _OTHER_NAMES.get(character, character) if character else name


@cache
def _known() -> frozenset[str]:
    """The names of all keys that aren't characters."""
    named = {key.value.rpartition("+")[2] for key in Keys}
    return frozenset({name for name in named if len(name) > 1 and not name.startswith("<")} - {"f63"}) | {"comma"}
