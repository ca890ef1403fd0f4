"""A query typed into a form: it asks for completions and mistakes itself, in a thread, and for what it finds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.timer import Timer

from casedesk.domain.errors import CasedeskError
from casedesk.tui.widgets.query_bar import QueryBar

if TYPE_CHECKING:
    from casedesk.domain.query import Completion

Complete = Callable[[str, int], "Sequence[Completion]"]
Check = Callable[[str], object]
Tell = Callable[[str, Mapping[str, Any]], str]

PAUSE = 0.3
"""Seconds without a key after which it is asked what the query finds."""


class QueryLine(QueryBar):
    """`complete` says what may stand at a place; `check` raises QueryError for a text with a mistake; `tell` says what
    the query finds, given the other values of the form."""

    class _Judged(Message):
        def __init__(self, text: str, completions: Sequence[Completion], error: CasedeskError | None) -> None:
            super().__init__()
            self.text = text
            self.completions = completions
            self.error = error

    class Told(Message):
        """What the query finds, in a sentence; nothing where it has a mistake."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class _Found(Message):
        def __init__(self, text: str, sentence: str) -> None:
            super().__init__()
            self.text = text
            self.sentence = sentence

    def __init__(
        self, complete: Complete, check: Check, value: str = "", *, placeholder: str = "", tell: Tell | None = None
    ) -> None:
        super().__init__(value, placeholder=placeholder)
        self._complete = complete
        self._check = check
        self._tell = tell
        self._values: Mapping[str, Any] = {}
        self._pause: Timer | None = None
        self._telling = False
        self._lock = threading.Lock()
        self._teller: int | None = None  # the thread that looks for what the query finds
        self.told = ""

    def on_unmount(self) -> None:
        self._stop_telling()

    @property
    def tells(self) -> bool:
        """Whether it says what is found."""
        return self._tell is not None

    def say_what_is_found(self, values: Mapping[str, Any]) -> None:
        """Say it for what stands there, with these values of the form, now and after each change."""
        self._values = values
        self._look()

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
        self._stop_telling()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._look)

    @on(_Judged)
    def _take_in(self, message: _Judged) -> None:
        if message.text != self.text:
            return
        self.offer(message.text, message.completions)
        if message.error is not None and message.error.code == "query":
            self.complain(message.error)  # type: ignore[arg-type]  # the code says that it is a QueryError
        else:
            self.accept()

    def _look(self) -> None:
        """Find what stands there, unless an earlier text is being looked for: that goes first, and then this."""
        tell, text, values = self._tell, self.text, self._values
        if tell is None or self._telling or not self.is_attached:
            return
        self._telling = True

        def look() -> None:
            with self._lock:
                self._teller = threading.get_ident()
            try:
                sentence = tell(text, values)
            except CasedeskError:
                sentence = ""  # the mistake is said where it is; or another text stands there by now
            with self._lock:
                self._teller = None
            self.post_message(self._Found(text, sentence))

        self.run_worker(look, thread=True, group="found")

    def _stop_telling(self) -> None:
        """Stop looking for what nobody wants to know any longer: in a large desk it takes seconds."""
        with self._lock:
            if self._teller is not None:
                self.app.desk.interrupt(self._teller)

    @on(_Found)
    def _say_found(self, message: _Found) -> None:
        self._telling = False
        if message.text != self.text:
            self._look()
            return
        self.told = message.sentence
        self.post_message(self.Told(message.sentence))
