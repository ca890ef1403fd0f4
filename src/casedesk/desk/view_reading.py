"""Windows of a view's rows: any columns of tickets or responses, by one statement (S5)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from casedesk.desk.instants import moment
from casedesk.desk.values.views import INSTANT, SPAN, TICKETS, YES_NO, Cell, ViewColumn, ViewRow
from casedesk.desk.view_columns import ACCOUNT, ANSWER, FIELD_COLUMNS
from casedesk.domain.rights import CONTACTS_VIEW
from casedesk.domain.text import caseless
from casedesk.store.sql_text import Sql, one_of, one_of_texts

if TYPE_CHECKING:
    from casedesk.store.query_names import Lookups
    from casedesk.store.reader import Reader, Row

WHOLE: Final = 1_000_000
"""Characters of a cell at most, where it isn't cut for a screen."""

_OF_TICKETS = {
    "score": "t.score", "score_kind": "t.score_kind", "campaign_id": "t.campaign_id", "contact_id": "t.contact_id",
    "account_id": "t.account_id", "language": "t.language", "response_id": "t.response_id",
    "source": "coalesce(t.source, r.source)", "external_id": "coalesce(t.external_id, r.external_id)",
}  # fmt: skip
_OF_RESPONSES = {
    "score": "r.score", "score_kind": "r.score_kind", "campaign_id": "r.campaign_id", "contact_id": "r.contact_id",
    "account_id": "k.account_id", "language": "r.language", "response_id": "r.id", "source": "r.source",
    "external_id": "r.external_id",
}  # fmt: skip

_TICKETS = """FROM json_each(?) d CROSS JOIN ticket t ON t.id = d.value
    LEFT JOIN response r ON r.id = t.response_id ORDER BY d.key"""
_RESPONSES = """FROM json_each(?) d CROSS JOIN response r ON r.id = d.value
    LEFT JOIN contact k ON k.id = r.contact_id
    LEFT JOIN ticket t ON t.id = (SELECT max(id) FROM ticket WHERE response_id = r.id) ORDER BY d.key"""


class RowReading:
    """Reads the rows of some columns for one user at one instant (seconds, UTC)."""

    def __init__(
        self,
        reader: Reader,
        lookups: Lookups,
        columns: Sequence[ViewColumn],
        scope: str,
        rights: Collection[str],
        now: int,
    ) -> None:
        """What the user may not see is an empty cell."""
        self._reader = reader
        self._columns = columns
        self._of_tickets = scope == TICKETS
        self._shared = {**(_OF_TICKETS if self._of_tickets else _OF_RESPONSES), "now": str(now)}
        self._now = now
        self._lookups = lookups
        self._rights = rights
        self._cells = [self._expression(column) for column in columns]

    def rows(self, ids: Sequence[int], *, longest: int = WHOLE) -> Iterator[ViewRow]:
        """The rows of these tickets (by number) or responses (by id), in this order; those that are gone are left out.

        Texts are cut after `longest` characters.
        """
        cut = [
            f"substr({cell.text}, 1, {longest})" if column.kind == "text" else cell.text
            for column, cell in zip(self._columns, self._cells, strict=True)
        ]
        head = "t.id, t.id" if self._of_tickets else "r.id, t.id"
        source = _TICKETS if self._of_tickets else _RESPONSES
        parameters = [value for cell in self._cells for value in cell.parameters]
        for row in self._reader.rows(
            f"SELECT {', '.join([head, *cut])} {source}", (*parameters, json.dumps(list(ids)))
        ):
            yield self._row(row)

    def _row(self, row: Row) -> ViewRow:
        cells = [_cell(column.kind, value, self._now) for column, value in zip(self._columns, row[2:], strict=True)]
        return ViewRow(row[0], row[1], tuple(cells))

    def _expression(self, column: ViewColumn) -> Sql:
        if column.gone:
            return Sql("NULL")
        head, _, key = column.name.partition(".")
        if key:
            return self._answer(key) if head == ANSWER else self._variable(head, key)
        field = FIELD_COLUMNS[column.name]
        if field.right and field.right not in self._rights:
            return Sql("NULL")
        return Sql(field.sql.format_map(self._shared))

    def _answer(self, key: str) -> Sql:
        asked = one_of("a.question_id", self._lookups.questions(self._reader, caseless(key)))
        found = f"SELECT group_concat(a.value, ', ') FROM answer a WHERE a.response_id = {self._shared['response_id']}"
        return Sql(f"({found} AND {asked.text})", asked.parameters)

    def _variable(self, head: str, key: str) -> Sql:
        if CONTACTS_VIEW not in self._rights:
            return Sql("NULL")
        whose = self._shared["account_id" if head == ACCOUNT else "contact_id"]
        named = one_of_texts("v.name", self._lookups.variables(self._reader, head, caseless(key)))
        found = f"SELECT v.value FROM {head}_variable v WHERE v.{head}_id = {whose} AND {named.text} LIMIT 1"
        return Sql(f"({found})", named.parameters)


def _cell(kind: str, value: object, now: int) -> Cell:
    if value is None:
        return None
    if kind == INSTANT:
        assert isinstance(value, int)
        return moment(value)
    if kind == SPAN:
        assert isinstance(value, int)
        return max(0, now - value)
    if kind == YES_NO:
        return bool(value)
    assert isinstance(value, str | int | float)
    return value
