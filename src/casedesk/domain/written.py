"""Values as documents and tables for other programs hold them: numbers plain, nothing that acts where it is opened."""

from __future__ import annotations

import json
import re
from typing import Any

from casedesk.domain.text_safety import visible

_ESCAPED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What JSON allows to stand raw though a terminal may obey it, or no encoding can write it."""

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")


def json_text(document: Any, *, indent: int | None = 2, ascii_only: bool = False) -> str:
    """The document as JSON that is safe to show and can be written in UTF-8, or in ASCII where that is asked for."""
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def number(value: float | None) -> int | float | None:
    """A number without a needless fraction: 9 rather than 9.0."""
    return int(value) if value is not None and value == int(value) else value


def csv_cell(cell: Any) -> Any:
    """A cell of a CSV file. A text that a spreadsheet would run as a formula gets an apostrophe in front.

    Texts are cleaned as for a terminal, truth is `true` or `false`, None is empty; numbers stay as they are.
    """
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell).lower() if isinstance(cell, bool) else cell
    text = visible(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
