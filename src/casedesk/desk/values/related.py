"""What a ticket is related to (N5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from casedesk.desk.values.tickets import TicketLine

PARENT: Final = "parent"
SUB_TICKET: Final = "sub-ticket"
MERGED_INTO: Final = "merged into"
MERGED: Final = "merged"
CONTACT: Final = "contact"
ACCOUNT: Final = "account"
SAME_CONTACT: Final = "same contact"

RELATED_KINDS: Final = (MERGED_INTO, PARENT, SUB_TICKET, CONTACT, ACCOUNT, MERGED, SAME_CONTACT)
"""The kinds of related records, in the order shown."""


@dataclass(frozen=True, slots=True)
class Related:
    """A record that a ticket is related to. `id` is a ticket's number, or the id of a contact or an account."""

    kind: str  # one of RELATED_KINDS
    id: int
    title: str  # a ticket's title, a name
    detail: str = ""  # of a contact: e-mail or phone
    line: TicketLine | None = None  # of a ticket

    @property
    def said(self) -> str:
        """`#12 Late delivery`, or a name."""
        return f"#{self.id} {self.title}" if self.line is not None else self.title
