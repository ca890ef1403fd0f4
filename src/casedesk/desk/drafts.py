"""What a user has typed about a ticket and not handed in yet: one draft a ticket, user and kind (behaviour 5.4).

A draft is no change of the desk: it has no line of activity, and nobody else reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casedesk.desk.instants import moment
from casedesk.desk.values import Draft
from casedesk.domain import rights
from casedesk.domain.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk import model
    from casedesk.desk.desk import Desk

KINDS: Final = {
    "note": rights.TICKETS_NOTE,
    "message": rights.TICKETS_MESSAGE,
    "action": rights.TICKETS_ACTION,
    "description": rights.TICKETS_EDIT,
    "owner": rights.TICKETS_ASSIGN,
    "team": rights.TICKETS_ASSIGN,
}
"""What drafts are of, with the right that handing them in takes. `owner` and `team` are notes with a hand-over."""

LONGEST: Final = 1_000_000
"""Characters of a draft: as many as of the longest text that may be handed in, a description."""

_THOSE = """WITH RECURSIVE those(id) AS (
    SELECT ?1 UNION SELECT t.id FROM those JOIN ticket t ON t.merged_into_id = those.id)"""
"""The ticket and those that were merged into it: drafts outlive a merge (behaviour 1.6)."""


class Drafts:
    """The user's own drafts. Each method raises NotPermitted without the right that the kind takes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, ticket: int, kind: str) -> Draft | None:
        """The draft of this kind on the ticket, or the last one on a ticket that was merged into it."""
        self._require(kind)
        row = self._desk.store.reader().row(
            f"""{_THOSE} SELECT body, updated_at FROM draft WHERE ticket_id IN those AND user_id = ?2 AND kind = ?3
                ORDER BY ticket_id = ?1 DESC, updated_at DESC LIMIT 1""",
            (ticket, self._desk.user.id, kind),
        )
        return None if row is None else Draft(ticket, kind, row[0], moment(row[1]))

    def keep(self, ticket: int, kind: str, body: str) -> None:
        """Keep the text in the place of the last one; an empty one discards the draft.

        Raises InvalidInput for an endless text, and NotFound where there is no such ticket.
        """
        self._require(kind)
        if not body.strip():
            self.discard(ticket, kind)
            return
        if len(body) > LONGEST:
            raise InvalidInput(f"The draft has {len(body):,} characters; {LONGEST:,} are allowed.")
        from casedesk import model

        with self._desk.store.write() as session:
            if session.get(model.Ticket, ticket) is None:
                raise NotFound(f"There is no ticket #{ticket}.")
            now = int(self._desk.clock())
            row = self._row(session, ticket, kind)
            if row is None:
                user_id = self._desk.user.id
                row = model.Draft(ticket_id=ticket, user_id=user_id, kind=kind, body=body, updated_at=now)
            row.body, row.updated_at = body, now
            session.add(row)

    def discard(self, ticket: int, kind: str) -> None:
        """Forget the draft: it was handed in or thrown away. Nothing happens where there is none."""
        if self.find(ticket, kind) is None:
            return
        from casedesk import model

        with self._desk.store.write() as session:
            rows = self._desk.store.reader_of(session).rows(
                f"{_THOSE} SELECT id FROM draft WHERE ticket_id IN those AND user_id = ?2 AND kind = ?3",
                (ticket, self._desk.user.id, kind),
            )
            for row in rows:
                session.delete(session.get_one(model.Draft, row[0]))

    def _row(self, session: Session, ticket: int, kind: str) -> model.Draft | None:
        from sqlmodel import select

        from casedesk import model

        return session.exec(
            select(model.Draft).where(
                model.Draft.ticket_id == ticket, model.Draft.user_id == self._desk.user.id, model.Draft.kind == kind
            )
        ).first()

    def _require(self, kind: str) -> None:
        self._desk.require(rights.TICKETS_VIEW)
        self._desk.require(KINDS[kind])
