"""Every check, in the order in which it is done. Another kind of record is one more module here, with its `CHECKS`."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from casedesk.desk.doctor.check import DeskCheck

_MODULES: Final = (
    "file",
    "references",
    "search",
    "settings",
    "unfinished",
    "people",
    "rules",
    "service_levels",
    "saved",
    "positions",
    "tickets",
    "relations",
    "timers",
    "closings",
    "configuration",
)


def all_checks() -> tuple[DeskCheck, ...]:
    """The checks of every module."""
    found: list[DeskCheck] = []
    for name in _MODULES:
        found += import_module(f"casedesk.desk.doctor.{name}").CHECKS
    return tuple(found)
