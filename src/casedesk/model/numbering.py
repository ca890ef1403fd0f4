"""Ids that are never given twice."""

from __future__ import annotations

from typing import Any, Final

NUMBERED: Final[dict[str, Any]] = {"sqlite_autoincrement": True}
"""For tables whose rows may be taken back and brought again: meanwhile no other row may have got the id."""
