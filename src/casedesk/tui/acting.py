"""From a key to an act of the desk and back: the one mechanism behind every act.

    action → form (if the act has one) → the desk, in a thread, with the versions that were on screen → toast with the
    way to undo it → list and panels refreshed

A conflict shows what changed and offers to look or to act all the same; what was refused among many is listed. Acts
run one after the other: what is asked for while one runs waits, its form already taking keys.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError, Conflict, InvalidInput
from casedesk.tui import acts
from casedesk.tui.actions import BY_ID
from casedesk.tui.acts import LINES_REFRESHED, Act, Guards, Request, Selection, Target
from casedesk.tui.progress import Progress
from casedesk.tui.recomputing import Recomputing

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome, Refusal, TicketLine
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.drafts import DraftKeeper

NOTES_TOLD = 3
"""Sentences about what an act left undone that are told one by one."""

UNCHANGED = "unchanged"
"""The code of a refusal that only says that a ticket is so already."""


class Acting(Widget):
    """Runs acts for the screen it is on. Invisible; tells the screen what was done by messages."""

    class Done(Message):
        """An act was done. `lines` are the touched tickets as they are now, as far as they are read again.

        `request` is what was asked for; None when something was taken back or done again.
        """

        def __init__(self, request: Request | None, outcome: Outcome, lines: tuple[TicketLine, ...]) -> None:
            super().__init__()
            self.request = request
            self.outcome = outcome
            self.lines = lines

    class LookAt(Message):
        """The user wants to see the ticket as it is now."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class _Prepared(Message):
        def __init__(self, request: Request) -> None:
            super().__init__()
            self.request = request

    class _Performed(Message):
        def __init__(self, request: Request | None, outcome: Outcome, lines: tuple[TicketLine, ...]) -> None:
            super().__init__()
            self.request = request
            self.outcome = outcome
            self.lines = lines

    class _Failed(Message):
        def __init__(self, error: CasedeskError, request: Request | None = None) -> None:
            super().__init__()
            self.error = error
            self.request = request

    class _Progress(Progress):
        pass

    app: CasedeskApp

    def __init__(self, selection: Callable[[], Selection]) -> None:
        super().__init__(id="acting")
        self.display = False
        self._selection = selection
        self._busy = False
        self._stop = False
        self._waiting: deque[Callable[[], None]] = deque()
        self._modal: Any = None
        self._progress: Any = None
        self._last: tuple[Act[Any], Any] | None = None

    def compose(self) -> ComposeResult:
        self._recomputing = Recomputing(self.app.desk)
        yield self._recomputing

    # What the screen asks for

    def begin(self, action_id: str) -> None:
        """Start the act of that action on what is selected."""
        self.start(acts.load(action_id))

    def start(self, act: Act[Any]) -> None:
        """Start an act on what is selected."""
        if act.form is not None:
            from casedesk.tui.modals.form_modal import FormModal

            self._modal = FormModal(BY_ID[act.action_id].title)
            self.app.push_screen(self._modal, self._form_left)
        self._when_free(lambda: self._prepare(Request(act)))

    def repeat(self) -> None:
        """Do the last act again, with the same answers, on what is selected now."""
        if self._last is None:
            self.app.tell("Nothing to repeat yet.", "warning")
            return
        act, result = self._last
        self._when_free(lambda: self._prepare(Request(act, result=result, again=True)))

    def undo(self) -> None:
        """Take back the last act (X3)."""
        self._when_free(lambda: self._run(lambda: self.app.desk.acts.undo(progress=self._report), None))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._when_free(lambda: self._run(lambda: self.app.desk.acts.redo(progress=self._report), None))

    def after(self, then: Callable[[], None]) -> None:
        """Call `then` as soon as everything that was asked for before is done."""

        def call() -> None:
            then()
            self._free()

        self._when_free(call)

    def _when_free(self, start: Callable[[], None]) -> None:
        if self._busy:
            self._waiting.append(start)
        else:
            self._busy = True
            start()

    def _free(self) -> None:
        self._busy = False
        if self._waiting:
            self._when_free(self._waiting.popleft())

    # Preparing: what the form needs, read in a thread

    def _prepare(self, request: Request) -> None:
        if request.selection is None:
            request = replace(request, selection=self._selection() if request.act.needs_ticket else Selection())
        desk = self.app.desk

        def read() -> None:
            try:
                self.post_message(self._Prepared(replace(request, target=acts.read_target(desk, request))))
            except CasedeskError as error:
                self.post_message(self._Failed(error, request))

        self.run_worker(read, thread=True, group="act", exit_on_error=True)

    @on(_Prepared)
    async def _show_form(self, message: _Prepared) -> None:
        request = message.request
        act, target = request.act, request.target
        assert target is not None
        if (refusal := acts.unfit(act, target)) is not None:
            self._give_up(refusal)
        elif request.again or act.form is None:
            self._perform(request)
        else:
            modal = self._modal
            modal.request = request
            try:
                form = act.form(target)
            except InvalidInput as error:
                self._give_up(error.sentence)
            else:
                await modal.show_form(form, request.values, _keeper(self.app.desk, target, request))

    def _give_up(self, sentence: str) -> None:
        if self._modal is not None:
            modal, self._modal = self._modal, None
            modal.give_up()
            self.app.tell(sentence, "warning")
            return
        self.app.tell(sentence, "warning")
        self._free()

    def _form_left(self, result: Any) -> None:
        modal, self._modal = self._modal, None
        request = getattr(modal, "request", None)
        keeper = modal.drafts if modal is not None else None
        if result is None or request is None:
            if keeper is not None and not keeper.outlives:
                self.run_worker(lambda: _discard(keeper), thread=True, group="draft")
            if modal is not None and modal.going_to is not None:
                self.post_message(self.LookAt(modal.going_to))
            self._free()
        else:
            values = dict(modal.state.values) if modal.typed_something() else {}
            self._perform(replace(request, result=result, values=values, keeper=keeper))

    # Performing

    def _perform(self, request: Request) -> None:
        target = request.target
        assert target is not None
        guards = Guards(progress=self._report)
        if request.act.guarded:
            guards["versions"] = target.versions
        desk = self.app.desk
        self._run(lambda: request.act.perform(desk, target, request.result, guards), request)

    def _run(self, act: Callable[[], Outcome], request: Request | None) -> None:
        self._stop = False
        desk = self.app.desk

        def run() -> None:
            try:
                outcome = act()
                if request is not None and request.keeper is not None:
                    _discard(request.keeper)
                lines = tuple(desk.tickets.lines(outcome.done[:LINES_REFRESHED]))
                self.post_message(self._Performed(request, outcome, lines))
            except CasedeskError as error:
                self.post_message(self._Failed(error, request))

        self.run_worker(run, thread=True, group="act", exit_on_error=True)

    def _report(self, done: int, total: int) -> bool:
        """Called by the desk from its thread; False stops the act."""
        if total > 1:
            self.post_message(self._Progress(done, total))
        return not self._stop

    @on(_Progress)
    def _show_progress(self, message: _Progress) -> None:
        if not self._busy or message.total < 200:
            return
        if self._progress is None:
            from casedesk.tui.modals.progress import ProgressModal

            self._progress = ProgressModal(self._ask_to_stop)
            self.app.push_screen(self._progress)
        self._progress.show_progress(message.done, message.total)

    def _ask_to_stop(self) -> None:
        self._stop = True

    def _end_progress(self) -> None:
        if self._progress is not None:
            progress, self._progress = self._progress, None
            progress.dismiss(None)

    @on(_Performed)
    def _announce(self, message: _Performed) -> None:
        self._end_progress()
        request, outcome = message.request, message.outcome
        if request is not None and request.act.repeatable:
            self._last = (request.act, request.result)
        self.post_message(self.Done(request, outcome, message.lines))
        self._say(outcome)
        if outcome.name in ("undo", "redo"):  # what is done to tickets alone never touches the set-up
            self._recomputing.start()

    def settled(self) -> None:
        """The screen has taken in what was done; the next act may begin."""
        self._free()

    def _say(self, outcome: Outcome) -> None:
        way = ""
        if outcome.act_id is not None:
            back = "redo" if outcome.name == "undo" else "undo"
            way = f" · {back}: {self.app.keymap.shown(f'acts.{back}')}"
        refused = [refusal for refusal in outcome.refused if refusal.code != UNCHANGED]
        same = len(outcome.refused) - len(refused)
        notes = [f"{same:,} had it already"] * bool(same) + ["stopped"] * outcome.stopped
        if outcome.done or not refused:
            said = f"{outcome.summary} ({', '.join(notes)})" if notes else outcome.summary
            self.app.tell("\n".join([f"{said}{way}", *outcome.notes[:NOTES_TOLD]]))
        if refused:
            self._list_refused(len(outcome.done), refused)

    def _list_refused(self, done: int, refused: Sequence[Refusal]) -> None:
        from casedesk.tui.modals.message import MessageModal

        shown = [
            each.reason if not each.number or f"#{each.number}" in each.reason else f"#{each.number}: {each.reason}"
            for each in refused[:500]
        ]
        more = len(refused) - len(shown)
        text = "\n".join([*shown, f"… and {more:,} more"] if more else shown)
        title = f"{done:,} done, {len(refused):,} left as they were" if done else f"{len(refused):,} left as they were"
        self.app.push_screen(MessageModal(title, text))

    # What went wrong

    @on(_Failed)
    def _say_what_failed(self, message: _Failed) -> None:
        self._end_progress()
        error, request = message.error, message.request
        if request is None or request.target is None:
            self._give_up(error.sentence)
        elif isinstance(error, Conflict) and request.act.guarded:
            self._show_conflict(error, request)
        elif request.values:
            self._show_form_again(error, request)
        else:
            self._give_up(error.sentence)

    def _show_form_again(self, error: CasedeskError, request: Request) -> None:
        """Say what failed and go back to the form, with everything that was typed."""
        from casedesk.tui.modals.message import MessageModal

        modal = MessageModal(BY_ID[request.act.action_id].title, error.sentence, [("e", "edit what you entered")])
        self.app.push_screen(modal, lambda _key: self._ask_again(request))

    def _ask_again(self, request: Request) -> None:
        from casedesk.tui.modals.form_modal import FormModal

        assert request.target is not None
        self._modal = FormModal(BY_ID[request.act.action_id].title)
        self.app.push_screen(self._modal, self._form_left)
        self._prepare(replace(request, selection=Selection(request.target.numbers), target=None, result=None))

    def _show_conflict(self, error: Conflict, request: Request) -> None:
        from casedesk.tui.modals.message import MessageModal

        def answered(key: str | None) -> None:
            target = request.target
            assert target is not None
            if key == "a":
                self._perform(replace(request, target=replace(target, versions={})))
                return
            if request.values:
                self._ask_again(request)
                return
            if key == "l" and target.numbers:
                self.post_message(self.LookAt(target.numbers[0]))
            self._free()

        other = ("e", "edit what you entered") if request.values else ("l", "look at it")
        modal = MessageModal("Changed meanwhile", error.sentence, [other, ("a", "do it all the same")])
        self.app.push_screen(modal, answered)


def _keeper(desk: Desk, target: Target, request: Request) -> DraftKeeper | None:
    """Of a form about one ticket; the draft that was found isn't shown where the form's own text is there already."""
    drafted = request.act.drafted
    if drafted is None or target.count != 1:
        return None
    from casedesk.tui.drafts import DraftKeeper

    return DraftKeeper(desk, target.numbers[0], drafted, None if request.values else target.draft)


def _discard(keeper: DraftKeeper) -> None:
    """Forget a draft, after what it was for: where that fails it is offered again, and nothing is lost."""
    with suppress(CasedeskError):
        keeper.discard()
