"""What a name in the desk's set-up can be."""

from __future__ import annotations

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
