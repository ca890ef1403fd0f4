"""A query typed into a form: it asks for completions and mistakes itself, in a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from casedesk.domain.errors import CasedeskError
from casedesk.tui.widgets.query_bar import QueryBar

if TYPE_CHECKING:
    from casedesk.domain.query import Completion

Complete = Callable[[str, int], "Sequence[Completion]"]
Check = Callable[[str], object]


class QueryLine(QueryBar):
    """`complete` says what may stand at a place; `check` raises QueryError for a text with a mistake."""

    class _Judged(Message):
        def __init__(self, text: str, completions: Sequence[Completion], error: CasedeskError | None) -> None:
            super().__init__()
            self.text = text
            self.completions = completions
            self.error = error

    def __init__(self, complete: Complete, check: Check, value: str = "", *, placeholder: str = "") -> None:
        super().__init__(value, placeholder=placeholder)
        self._complete = complete
        self._check = check

    @on(QueryBar.Typed)
    def _judge(self, message: QueryBar.Typed) -> None:
        text, cursor = message.text, message.cursor

        def judge() -> None:
            completions: Sequence[Completion] = ()
            error = None
            try:
                completions = self._complete(text, cursor)
                self._check(text)
            except CasedeskError as mistake:
                error = mistake
            self.post_message(self._Judged(text, completions, error))

        self.run_worker(judge, thread=True, group="query", exclusive=True)

    @on(_Judged)
    def _take_in(self, message: _Judged) -> None:
        if message.text != self.text:
            return
        self.offer(message.text, message.completions)
        if message.error is not None and message.error.code == "query":
            self.complain(message.error)  # type: ignore[arg-type]  # the code says that it is a QueryError
        else:
            self.accept()
