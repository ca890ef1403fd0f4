"""How a desk is held: one SQLite file. What only SQLite has stays in here, behind `Store`."""

from __future__ import annotations

from casedesk.store.store import Store

__all__ = ["Store"]
