"""Responses: what customers answered, whole (M6)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING

from casedesk.desk.instants import moment
from casedesk.desk.values import Answer, Response
from casedesk.domain.errors import NotFound
from casedesk.domain.rights import TICKETS_VIEW

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.store.reader import Row

_PIECE = 500
_RESPONSE = """
    SELECT r.id, r.external_id, r.source, c.name, r.score, r.score_kind, r.comment, r.language, r.answered_at,
           r.received_at, CASE WHEN k.name <> '' THEN k.name ELSE coalesce(k.email, k.phone, k.external_id) END,
           (SELECT max(t.id) FROM ticket t WHERE t.response_id = r.id)
    FROM response r JOIN campaign c ON c.id = r.campaign_id LEFT JOIN contact k ON k.id = r.contact_id"""


class Responses:
    """`desk.responses`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, response_id: int) -> Response:
        """The response with every answer, in the order of its questions. Raises NotFound."""
        self._desk.require(TICKETS_VIEW)
        row = self._desk.store.reader().row(_RESPONSE + " WHERE r.id = ?", (response_id,))
        if row is None:
            raise NotFound(f"There is no response {response_id}.")
        return self._response(row)

    def find(self, query: str = "", limit: int = 100) -> list[Response]:
        """The latest responses that match the query, by when they were answered."""
        return list(islice(self.stream(query, first=min(limit, _PIECE)), limit))

    def stream(self, query: str = "", *, first: int = _PIECE) -> Iterator[Response]:
        """All responses that match the query in its order, read piece by piece, the `first` piece of that size."""
        self._desk.require(TICKETS_VIEW)
        sql = self._desk.queries.select_responses(query)
        reader = self._desk.store.reader()
        for piece in reader.chunks(sql.text, sql.parameters, chain((first,), repeat(_PIECE))):
            ids = [row[0] for row in piece]
            found = reader.rows(f"{_RESPONSE} WHERE r.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
            rows = {row[0]: row for row in found}
            yield from (self._response(rows[number]) for number in ids if number in rows)

    def _response(self, row: Row) -> Response:
        answers = self._desk.store.reader().rows(
            """SELECT q.key, q.label, a.value, q.kind FROM answer a JOIN question q ON q.id = a.question_id
               WHERE a.response_id = ? ORDER BY q.position, q.id""",
            (row[0],),
        )
        whole = tuple(Answer(*answer) for answer in answers)
        return Response(*(*row[:8], moment(row[8]), moment(row[9]), whole, row[10], row[11]))
