"""Which sections there are. Another section is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from casedesk.tui.configuration.section import Section

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "general": ("GENERAL",),
    "lists": ("STATUSES", "PRIORITIES", "TOPICS", "TAGS", "CLASSIFICATIONS", "CLOSE_OPTIONS"),
    "work": ("PLANS", "CAMPAIGNS"),
    "rules": ("RULES",),
    "people": ("USERS", "TEAMS", "ROLES"),
    "kept": ("VIEWS", "DASHBOARDS", "MACROS"),
    "time": ("SERVICE_LEVELS", "CALENDARS", "POLICIES"),
    "data": ("BACKUP", "CHECK", "SET_UP_FILE", "SETTING_UP"),
    "own": ("APPEARANCE", "KEYS"),
}
"""Module → its sections, in the order in which they are shown."""


def sections() -> tuple[Section, ...]:
    """Every section, loaded now."""
    return tuple(
        getattr(import_module(f"casedesk.tui.configuration.{module}"), name)
        for module, names in SECTIONS.items()
        for name in names
    )
