"""What a set-up may speak of before it is there: answers and custom variables come with the first responses.

A view of a desk that is in use names answers; the same view has to be good in a new desk. What belongs to the set-up
itself, such as tags or teams, has to be there or in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk.desk.queries import DeskVocabulary, Queries
from casedesk.desk.values import ViewColumn
from casedesk.desk.view_columns import KEYED, Columns
from casedesk.desk.views import Views
from casedesk.store.query_names import Lookups

if TYPE_CHECKING:
    from casedesk.desk.together import JoinedDesk


def tolerate_what_comes_with_data(desk: JoinedDesk) -> None:
    """Let the desk, for as long as its transaction is open, take names of answers and variables that it hasn't met."""
    vars(desk)["queries"] = _Queries(desk)
    vars(desk)["views"] = _Views(desk)


class _Vocabulary(DeskVocabulary):
    def keys(self, field: str) -> Sequence[str]:
        return () if field in KEYED else super().keys(field)


class _Queries(Queries):
    def __init__(self, desk: JoinedDesk) -> None:
        super().__init__(desk)
        self._vocabulary = _Vocabulary(desk, Lookups())


class _Columns(Columns):
    def found(self, name: str, width: int = 0) -> ViewColumn:
        column = super().found(name, width)
        head, _, key = name.partition(".")
        if column.gone and key and head.lower() in KEYED:
            return ViewColumn(f"{head.lower()}.{key}", width, key)
        return column


class _Views(Views):
    def _columns(self) -> Columns:
        return _Columns(self._desk.store.reader(), self._lookups)
