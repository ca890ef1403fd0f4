"""What can be done: one module an area; each public method is one permitted, undoable, recorded transaction."""

from __future__ import annotations

from casedesk.desk.desk import Desk

__all__ = ["Desk"]
