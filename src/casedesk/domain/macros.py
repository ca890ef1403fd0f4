"""What a macro may be called, and which keys may run it (X4)."""

from __future__ import annotations

import re

from casedesk.domain.errors import InvalidInput

NAME_LENGTH = 60

_KEY = re.compile(r"[!-~]|f(?:[1-9]|1[0-2])|ctrl\+[a-z]")


def macro_name(name: str) -> str:
    """The name as a macro can have it, with single spaces. Raises InvalidInput."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise InvalidInput(f"A macro's name has 1 to {NAME_LENGTH} printable characters.")
    return name


def macro_key(key: str) -> str:
    """A key as macros have it: one character, `f1` to `f12`, or `ctrl+` and a letter; empty for none.

    Raises InvalidInput for another one.
    """
    key = key.strip()
    key = key.lower() if len(key) > 1 else key
    if key and _KEY.fullmatch(key) is None:
        raise InvalidInput(f"“{key}” can't be a macro's key: that is one character, f1 to f12, or ctrl+ and a letter.")
    return key
