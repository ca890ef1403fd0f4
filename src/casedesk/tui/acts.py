"""What an act is to the interface, what it works on, and which module in `modals/` holds which act.

A module is loaded when its act is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Generic, TypedDict, TypeVar

from casedesk.tui.actions import BY_ID
from casedesk.tui.drawing import line_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Choices, Draft, Outcome, Ticket, TicketLine, User
    from casedesk.tui.drafts import Drafted, DraftKeeper
    from casedesk.tui.forms import Form

Result = TypeVar("Result")

LINES_REFRESHED: Final = 1000
"""Lines that are read again with an act, so that what is on screen has its new versions at once."""

MODULES: Final[dict[str, str]] = {
    "ticket.action": "add_action",
    "ticket.classify": "classify",
    "ticket.close": "close",
    "ticket.description": "edit_description",
    "ticket.helpers": "change_helpers",
    "ticket.new": "new_ticket",
    "ticket.merge": "merge",
    "ticket.message": "log_message",
    "ticket.note": "add_note",
    "ticket.owner": "change_owner",
    "ticket.plan": "give_plan",
    "ticket.priority": "change_priority",
    "ticket.relate": "relate",
    "ticket.reopen": "reopen",
    "ticket.status": "change_status",
    "ticket.tag": "change_tags",
    "ticket.team": "change_team",
    "ticket.title": "edit_title",
    "ticket.topic": "change_topic",
    "acts.journal": "journal",
    "user.away": "go_away",
    "user.back": "come_back",
}


def load(action_id: str) -> Act[Any]:
    """The act behind an action."""
    act: Act[Any] = import_module(f"casedesk.tui.modals.{MODULES[action_id]}").ACT
    return act


@dataclass(frozen=True)
class Selection:
    """What an act is asked to work on: ticket numbers, or all that match `query` without `exceptions`.

    `versions` are those that were on screen; a ticket that wasn't on screen has none.
    """

    numbers: tuple[int, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)
    query: str | None = None
    exceptions: frozenset[int] = frozenset()


class Guards(TypedDict, total=False):
    """What every act of the desk takes beside its own arguments; hand it on with `**guards`."""

    versions: Mapping[int, int]
    progress: Callable[[int, int], bool]


@dataclass(frozen=True)
class Target:
    """What a form needs to know of the tickets it is about, read from the desk before it opens."""

    numbers: tuple[int, ...]
    versions: Mapping[int, int]
    lines: tuple[TicketLine, ...]  # of at most LINES_REFRESHED tickets
    ticket: Ticket | None  # whole, when there is just one
    choices: Choices
    user: User
    more: Any = None  # what the act's own `read` found
    draft: Draft | None = None  # what was typed about the one ticket before and not handed in

    @property
    def count(self) -> int:
        """How many tickets."""
        return len(self.numbers)

    @property
    def tickets(self) -> int | tuple[int, ...]:
        """What the desk's acts take: the number of the one ticket, or all numbers."""
        return self.numbers[0] if len(self.numbers) == 1 else self.numbers

    def title(self, what: str) -> str:
        """A form's title: `Close · #10412 Late delivery` or `Close · 12 tickets`."""
        if self.count == 1 and self.lines:
            return f"{what} · #{self.numbers[0]} {line_of(self.lines[0].title, 60)}"
        return f"{what} · {self.count:,} tickets" if self.count else what

    def common(self, of: Callable[[TicketLine], Any]) -> Any:
        """The value that all the tickets share, or None."""
        values = {of(line) for line in self.lines}
        return values.pop() if len(values) == 1 else None


@dataclass(frozen=True)
class Act(Generic[Result]):
    """An act as the interface knows it; a module in `modals/` defines one as `ACT` (see `acts.py`).

    `form` makes the form from the target, or is None when nothing has to be asked. `perform` calls the desk, in a
    thread, and hands `guards` on. `many` is false for what is done to one ticket only, `needs_ticket` for what needs
    none. An act that isn't `guarded` gets no versions: it can't overwrite anything (a note, behaviour 9.3).
    `read` gets from the desk, in a thread, what the form needs beyond the target's own fields: `Target.more`.
    `form` raises InvalidInput when there is nothing that could be asked; its sentence is shown instead.
    `drafted` is the text that is kept while it is typed about one ticket (behaviour 5.4).
    """

    action_id: str
    perform: Callable[[Desk, Target, Result, Guards], Outcome]
    form: Callable[[Target], Form[Result]] | None = None
    read: Callable[[Desk, tuple[int, ...]], Any] | None = None
    many: bool = True
    needs_ticket: bool = True
    guarded: bool = True
    repeatable: bool = True
    drafted: Drafted | None = None


@dataclass(frozen=True)
class Request:
    """One act underway."""

    act: Act[Any]
    selection: Selection | None = None
    target: Target | None = None
    result: Any = None
    again: bool = False  # the result is that of the last act (`.`)
    values: Mapping[str, Any] = field(default_factory=dict)  # what was typed in the form, if anything was
    keeper: DraftKeeper | None = None  # of the form's draft, which goes once the act is done


def read_target(desk: Desk, request: Request) -> Target:
    """Everything a form needs to know; runs in a thread."""
    selection = request.selection
    assert selection is not None
    numbers = selection.numbers
    if selection.query is not None:
        numbers = _all_matching(desk, selection.query, selection.exceptions)
    alone = len(numbers) == 1 and request.act.form is not None
    lines = tuple(desk.tickets.lines(numbers[:LINES_REFRESHED])) if numbers else ()
    # Asked again after a conflict, which told what had changed: what holds now is what the user knows.
    versions = {line.number: line.version for line in lines} if request.values else selection.versions
    return Target(
        numbers=numbers,
        versions=versions,
        lines=lines,
        ticket=desk.tickets.show(numbers[0]) if alone else None,
        choices=desk.choices(),
        user=desk.user,
        draft=_draft(desk, request.act, numbers) if alone else None,
        more=request.act.read(desk, numbers) if request.act.read and request.act.form and not request.again else None,
    )


def _draft(desk: Desk, act: Act[Any], numbers: Sequence[int]) -> Draft | None:
    return desk.drafts.find(numbers[0], act.drafted.kind) if act.drafted is not None else None


def _all_matching(desk: Desk, query: str, exceptions: Iterable[int]) -> tuple[int, ...]:
    left_out = frozenset(exceptions)
    return tuple(number for chunk in desk.tickets.stream(query) for number in chunk if number not in left_out)


def unfit(act: Act[Any], target: Target) -> str | None:
    """Why the act can't be started on that target, or None."""
    if act.needs_ticket and not target.numbers:
        return "There is no ticket to do this to."
    if not act.many and target.count > 1:
        return f"{BY_ID[act.action_id].title}: one ticket at a time, and {target.count:,} are marked."
    return None
