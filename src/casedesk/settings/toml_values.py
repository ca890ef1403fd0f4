"""Values as TOML writes them, and the names of what is inside of tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def dotted(names: Iterable[str]) -> str:
    """`keys`, `ticket.note` → `keys.ticket.note`: how a value is called from outside, however it is written."""
    return ".".join(names)


def flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """The values of a table by their dotted names, those of tables inside of it too."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found


def key_text(name: str) -> str:
    """A name as TOML writes it: bare, or in quotation marks."""
    return name if _BARE.fullmatch(name) else _text(name)


def inline(value: Any) -> str:
    """A value as TOML writes it in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_text(name)} = {inline(each)}" for name, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    return str(value)


def _text(text: str) -> str:
    """A text in quotation marks: as in JSON, but for DEL, which TOML wants written as an escape."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
