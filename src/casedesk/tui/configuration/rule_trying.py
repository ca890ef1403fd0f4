"""Trying a rule, saved or not: since when, how far it is, and what it would have done (X7, behaviour 4.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from textual import on
from textual.message import Message

from casedesk.desk.values import Attempt
from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.tui.configuration.rule_pages import attempt_lines
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, FieldError, Form, TextField, Values
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.modals.message import MessageModal
from casedesk.tui.modals.progress import ProgressModal
from casedesk.tui.modals.text_page import TextPage

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import RuleDraft, RuleLine
    from casedesk.tui.app import CasedeskApp

PERIODS: Final = {
    "last-30d": "The last 30 days",
    "last-7d": "The last 7 days",
    "last-90d": "The last 90 days",
    "last-365d": "The last 365 days",
}
ALL, OWN = "all", "own"

TICKETS, RESPONSES = "r", "v"
"""The keys of the page that lead to what the rule would have run on."""

ROOM: Final = 4000
"""Characters of a query of numbers; the query language takes a few more."""


class Since(NamedTuple):
    """From when on a rule is tried: an instant and words for it; None and none for all that is recorded."""

    start: datetime | None
    words: str


def since_form(title: str, now: datetime, zone: ZoneInfo) -> Form[Since]:
    """Asks since when."""
    from casedesk.reports.period import named

    def start_of(text: str) -> datetime:
        return datetime.fromtimestamp(named(text, now, zone).start, zone)

    def preview(text: str) -> str:
        try:
            return f"since {start_of(text):%Y-%m-%d}"
        except InvalidInput as error:
            return error.sentence

    def build(values: Values) -> Since:
        if values["period"] == ALL:
            return Since(None, "")
        text = str(values.get("since") if values["period"] == OWN else values["period"])
        try:
            start = start_of(text)
        except InvalidInput as error:
            raise FieldError("since", error.sentence) from error
        return Since(start, f"since {start:%Y-%m-%d}")

    offered = [Choice(name, words, preview(name)) for name, words in PERIODS.items()]
    return Form(
        title,
        [
            ChoiceField(
                name="period",
                label="What happened in",
                choices=[*offered, Choice(ALL, "All that is recorded"), Choice(OWN, "Since another date …")],
            ),
            TextField(
                name="since",
                label="Since",
                when=lambda values: values.get("period") == OWN,
                placeholder="2026-01-31, 2026-01, last-month, last-60d",
                preview=preview,
            ),
        ],
        "Try it",
        build,
        intro="Nothing is changed by it.\n",
    )


def try_rule(app: CasedeskApp, rule: RuleLine | RuleDraft, *, worked: Callable[[], None] = lambda: None) -> None:
    """Ask since when, try the rule, and show what it would have done. `worked` is called when its tickets were shown,
    where they may have been worked on."""
    title = f"Try · {line_of(rule.name, 50) or 'the new rule'}"
    form = since_form(title, app.desk.now(), app.desk.zone)

    def begin(since: Since | None) -> None:
        if since is not None:
            trying = TryingModal(app.desk, title, rule, since.start)
            app.push_screen(trying, lambda _nothing: show(trying.found, since))

    def show(found: Attempt | CasedeskError | None, since: Since) -> None:
        if isinstance(found, Attempt):
            _Shown(app, title, found, since.words, worked).show()
        elif found is not None:
            app.push_screen(MessageModal(title, found.sentence))

    app.push_screen(FormModal(title, form), begin)


class TryingModal(ProgressModal):
    """Tries a rule in a thread; `found` is then what it would have done, or why it couldn't be tried."""

    class Told(Message):
        """How far it is."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, TryingModal.Told)

    class Ended(Message):
        """It is through."""

        def __init__(self, found: Attempt | CasedeskError) -> None:
            super().__init__()
            self.found = found

    def __init__(self, desk: Desk, title: str, rule: RuleLine | RuleDraft, since: datetime | None) -> None:
        super().__init__(self._ask_to_stop, title=title, way_out="Esc stop and show what was found until then")
        self.found: Attempt | CasedeskError | None = None
        self._desk = desk
        self._rule = rule
        self._since = since
        self._stopping = False

    def on_mount(self) -> None:
        super().on_mount()
        self.run_worker(self._attempt, thread=True, group="trying")

    def _ask_to_stop(self) -> None:
        self._stopping = True

    def _attempt(self) -> None:
        try:
            found: Attempt | CasedeskError = self._desk.rules.attempt(
                self._rule, since=self._since, progress=self._report
            )
        except CasedeskError as error:
            found = error
        self.post_message(self.Ended(found))

    def _report(self, done: int, total: int) -> bool:
        self.post_message(self.Told(done, total))
        return not self._stopping

    @on(Told)
    def _told(self, message: Told) -> None:
        self.show_progress(message.done, message.total)

    @on(Ended)
    def _ended(self, message: Ended) -> None:
        self.found = message.found
        self.dismiss(None)


class _Shown:
    """The page of what a rule would have done, and the ways from there to what it would have run on."""

    def __init__(self, app: CasedeskApp, title: str, found: Attempt, since: str, worked: Callable[[], None]) -> None:
        self._app = app
        self._title = title
        self._found = found
        self._since = since
        self._worked = worked

    def show(self) -> None:
        """Show the page."""
        found = self._found
        answers = {TICKETS: "tickets"} if found.tickets else {}
        answers |= {RESPONSES: "responses"} if found.responses else {}
        page = TextPage(self._title, lambda width: attempt_lines(found, self._since, width), answers)
        self._app.push_screen(page, self._go)

    def _go(self, key: str | None) -> None:
        if key == TICKETS:
            from casedesk.tui.screens.counted_tickets import tickets_screen

            query, title = self._listed("number", self._found.tickets, "tickets")
            self._app.push_screen(tickets_screen(self._app, query, title), lambda _nothing: self._back())
        elif key == RESPONSES:
            from casedesk.tui.screens.responses import ResponsesScreen

            query, title = self._listed("response", self._found.responses, "responses")
            self._app.push_screen(ResponsesScreen(query=query, title=title), lambda _nothing: self._back())

    def _back(self) -> None:
        self._worked()
        self.show()

    def _listed(self, field: str, numbers: Sequence[int], what: str) -> tuple[str, str]:
        query, count = query_of(field, numbers, ROOM)
        name = line_of(self._found.rule, 40) or "the new rule"
        title = f"{what} for “{name}”"
        return query, title[:1].upper() + title[1:] if count == len(numbers) else f"The first {count:,} {title}"


def query_of(field: str, numbers: Sequence[int], room: int) -> tuple[str, int]:
    """A query for these numbers, as many of the lowest as go into `room` characters, and how many those are."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    query, count = f"{field}:", 0
    for first, last in spans:
        piece = f"{first}..{last}" if last > first else str(first)
        if len(query) + len(piece) + 1 > room:
            break
        query += f",{piece}" if count else piece
        count += last - first + 1
    return query, count
