"""What a name in the desk's set-up can be."""

from __future__ import annotations

from collections.abc import Container

from casedesk.domain.errors import InvalidInput

LONGEST_NAME = 100

_JOINERS = "\u200c\u200d"
"""Without appearance, and yet part of how Persian, Indic scripts and emoji are written."""


def a_name(what: str, value: str) -> str:
    """The name without needless blanks. Raises InvalidInput when it is none: `what` begins the sentence."""
    name = " ".join(value.split())
    if not name or len(name) > LONGEST_NAME or not all(each.isprintable() or each in _JOINERS for each in name):
        raise InvalidInput(f"{what} needs a name of 1 to {LONGEST_NAME} printable characters.")
    return name


def free_name(name: str, taken: Container[str]) -> str:
    """The name, or `name 2` and so on where it is taken; `taken` are names without regard to case."""
    found, place = name, 2
    while found.casefold() in taken:
        found = f"{name[: LONGEST_NAME - len(str(place)) - 1]} {place}"
        place += 1
    return found
