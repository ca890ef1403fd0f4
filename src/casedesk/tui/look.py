"""How things of the desk look everywhere: symbols and colours of states, priorities and scores, and what time it is.

A role is the name of a style; each widget that draws has a component class for every role (`ROLES`). Colour never
carries a meaning alone: a symbol or a word always stands with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from casedesk.tui.drawing import score_word

ROLES: Final = (
    "text", "strong", "muted", "accent", "good", "warning", "bad", "undone", "rule",
    "state-new", "state-open", "state-pending", "state-closed", "priority-top", "priority-high", "priority-low",
)  # fmt: skip
"""Every role; the theme gives each its style (`theming.py`)."""

Span = tuple[str, str]
"""A piece of safe text and its role."""

Line = list[Span]

_STATES = {"new": "●", "open": "◐", "pending": "◷", "closed": "○"}
_PLAIN_STATES = {"new": "N", "open": "O", "pending": "P", "closed": "C"}
_SCORE_ROLES = {
    "detractor": "bad", "negative": "bad", "passive": "warning", "promoter": "good", "positive": "good",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What drawing needs to know beside the thing drawn. `priorities` are the desk's, lowest first."""

    zone: ZoneInfo
    now: datetime
    priorities: tuple[str, ...] = ()
    plain: bool = False

    def state(self, state: str) -> Span:
        """One cell for a state."""
        symbols = _PLAIN_STATES if self.plain else _STATES
        return symbols.get(state, "?"), f"state-{state}" if state in symbols else "text"

    def priority(self, priority: str | None) -> Span:
        """Two cells for a priority: `!!` the highest, `! ` the one below, `↓ ` the lowest, else nothing."""
        if priority is None or priority not in self.priorities:
            return "  ", "text"
        from_top = len(self.priorities) - 1 - self.priorities.index(priority)
        if from_top == 0:
            return "!!", "priority-top"
        if from_top == 1 and len(self.priorities) > 2:
            return "! ", "priority-high"
        if from_top == len(self.priorities) - 1:
            return ("- " if self.plain else "↓ "), "priority-low"
        return "  ", "text"

    def score_role(self, score: float | None, kind: str | None) -> str:
        """The role of a score."""
        return "muted" if score is None else _SCORE_ROLES.get(score_word(score, kind), "text")
