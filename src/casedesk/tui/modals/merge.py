"""Merge tickets into another: what would move is told first, the other one is found by typing (behaviour 1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Form, SearchField, Values, tickets_said
from casedesk.tui.modals.finding import Search, ticket_search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


@dataclass(frozen=True, slots=True)
class Merging:
    """What the form needs: what would move, and the search for the ticket that stays."""

    moves: str
    search: Search


def read(desk: Desk, numbers: Sequence[int]) -> Merging:
    """Count what hangs on the tickets."""
    return Merging(desk.tickets.would_move(numbers), ticket_search(desk, numbers))


def form(target: Target) -> Form[int]:
    """Asks into which ticket; its result is that one's number."""
    merging: Merging = target.more
    if target.lines and all(line.merged_into is not None for line in target.lines):
        raise InvalidInput(f"#{target.numbers[0]} was merged into #{target.lines[0].merged_into} already.")
    moves = f"{merging.moves} would move there; what it has already is dropped." if merging.moves else ""
    field = SearchField(name="into", label="Into", search=merging.search, placeholder="Number, or words of the ticket.")
    whole = "It is closed, and one undo brings everything back."
    return Form(
        title=target.title("Merge"),
        fields=[field],
        submit=f"Merge the {tickets_said(target.count)}",
        build=_into,
        intro=f"{moves} {whole if target.count == 1 else whole.replace('It is', 'They are')}".strip(),
    )


def _into(values: Values) -> int:
    return int(values["into"].value)


def perform(desk: Desk, target: Target, into: int, guards: Guards) -> Outcome:
    """Merge the tickets."""
    return desk.tickets.merge(target.tickets, into, **guards)


ACT: Act[int] = Act("ticket.merge", perform, form, read=read)
