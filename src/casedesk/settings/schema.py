"""Every preference: what it does, what it may be, and where it can be set.

A preference is the user's own and holds on every desk; what holds for all users of one desk is a setting of the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from casedesk.domain.errors import InvalidInput

DENSITIES: Final = ("compact", "comfortable")
DEFAULT_THEME: Final = "dark"

KEYS: Final = "keys"

Kind = Literal["text", "choice", "yes or no", "keys", "list"]

_YES: Final = ("yes", "true", "on", "1")
_NO: Final = ("no", "false", "off", "0")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Preference:
    """One preference. `variable` is its environment variable and `option` its option of the command line, if it has
    them; one that isn't `in_file` is chosen in the program alone, and one that is `remembered` is kept from there."""

    name: str
    title: str
    kind: Kind
    summary: str
    default: Any = None
    choices: tuple[str, ...] = ()
    variable: str = ""
    option: str = ""
    in_file: bool = True
    remembered: bool = False
    at_once: bool = True  # holds in the running program, without a new start

    def checked(self, value: object) -> Any:
        """The value as the configuration file has it. Raises InvalidInput with what would have been right."""
        if self.kind == "yes or no":
            if not isinstance(value, bool):
                raise InvalidInput(f"{self.name} is true or false.")
            return value
        if self.kind == "keys":
            if not isinstance(value, Mapping):
                raise InvalidInput("keys is a table: [keys], then one line for each action.")
            return value
        if self.kind == "list":
            return checked_list(self.name, value)
        return self._checked_text(value)

    def _checked_text(self, value: object) -> str:
        if not isinstance(value, str):
            raise InvalidInput(f"{self.name} is a text in quotation marks.")
        if self.choices and value not in self.choices:
            raise InvalidInput(f"{self.name} is {' or '.join(self.choices)}.")
        if not value.strip() or _CONTROL.search(value):
            raise InvalidInput(f"{self.name} is empty or has characters that can't be in it.")
        return value

    def read(self, text: str) -> Any:
        """The value that is meant by a word of the command line or the environment. Raises InvalidInput."""
        if self.kind == "yes or no":
            word = text.strip().lower()
            if word not in _YES + _NO:
                raise InvalidInput(f"{self.name} is yes or no.")
            return word in _YES
        return self.checked(text)


PREFERENCES: Final[tuple[Preference, ...]] = (
    Preference(
        "desk", "Desk", "text", "The desk's file that is opened when none is named.", None,
        variable="CASEDESK_DESK", option="--desk", at_once=False,
    ),
    Preference(
        "user", "User", "text", "The login to act as; without it, the operating system's user.", None,
        variable="CASEDESK_USER", option="--as", at_once=False,
    ),
    Preference(
        "theme", "Theme", "text", "The colours: a shipped theme, or one of your own in the folder themes.",
        DEFAULT_THEME, variable="CASEDESK_THEME", remembered=True,
    ),
    Preference(
        "density", "Density", "choice", "compact has one line for each ticket of the list, comfortable two.",
        DENSITIES[0], DENSITIES, "CASEDESK_DENSITY", remembered=True,
    ),
    Preference(
        "plain", "Plain", "yes or no", "Words and ASCII in the place of symbols and lines, for screen readers.",
        False, variable="CASEDESK_PLAIN", at_once=False,
    ),
    Preference(KEYS, "Keys", "keys", "Keys of your own: for each action a key, or a list of them.", {}),
    Preference(
        "related_hidden", "Kinds in Related", "list", "Kinds of related records that aren't shown; chosen there.",
        (), in_file=False, remembered=True,
    ),
)  # fmt: skip
"""Every preference, in the order shown."""

BY_NAME: Final[Mapping[str, Preference]] = {each.name: each for each in PREFERENCES}
IN_FILE: Final = tuple(each.name for each in PREFERENCES if each.in_file)


def checked_list(name: str, value: object) -> tuple[str, ...]:
    """A text, or a list of texts, as a list. Raises InvalidInput."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(each, str) for each in texts):
        raise InvalidInput(f"{name} is a text or a list of texts.")
    return tuple(each for each in texts if each)


def key_tables(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    """The actions of the table `keys` with what is set for each; `ticket.note = …` means `"ticket.note" = …`."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from key_tables(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
