"""Desks that don't manage cases: they collect responses, and nothing opens a ticket in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


def refuse_without_cases(desk: Desk, consequence: str) -> None:
    """Raise InvalidInput, with the consequence, while case management is switched off."""
    if not desk.setup.setting("case_management"):
        raise InvalidInput(f"Case management is off, so {consequence}; an administrator can switch it on.")
