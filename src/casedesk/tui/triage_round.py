"""A round of triage: which ticket is to be decided on, what was decided, and its summary (X5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from casedesk.tui.drawing import line_of, long_span

if TYPE_CHECKING:
    from casedesk.desk.values import Outcome, TicketLine
    from casedesk.tui.acts import Request

DECIDING: Final = frozenset({"ticket.close", "ticket.status", "ticket.owner", "ticket.action", "macros.open"})
"""The acts after which the next ticket is shown."""


class Round:
    """Goes through tickets in their order. `place` is that of the ticket to decide on; after the last there is none.

    On the way to a decision, related tickets may be looked at; they don't count in the round.
    """

    def __init__(self, numbers: Sequence[int], started: datetime) -> None:
        self.numbers = numbers
        self.place = 0
        self._aside: list[int] = []  # the related tickets gone through, the one shown last
        self._started = started
        self._decided: dict[int, str] = {}
        self._taken_back: dict[int, str] = {}
        self._skipped: set[int] = set()

    @property
    def number(self) -> int | None:
        """The ticket to decide on; None at the end."""
        return self.numbers[self.place] if self.place < len(self.numbers) else None

    @property
    def shown(self) -> int | None:
        """The ticket to show: the one to decide on, or a related one that is looked at before."""
        return self._aside[-1] if self._aside else self.number

    @property
    def behind(self) -> int | None:
        """The ticket that one comes back to from a related one; None when none is looked at."""
        return [self.number, *self._aside][-2] if self._aside else None

    @property
    def left(self) -> int:
        """How many tickets are still to be seen, the present one included."""
        return len(self.numbers) - self.place

    @property
    def decided(self) -> int:
        """How many tickets were decided on."""
        return len(self._decided)

    @property
    def skipped(self) -> int:
        """How many tickets were left as they were."""
        return len(self._skipped)

    @property
    def neighbours(self) -> list[int]:
        """The tickets to read ahead: the next ones, and the one before; from a related one, those on the way back."""
        if self._aside:
            return [number for number in (self.behind, self.number) if number is not None]
        return [*self.numbers[self.place + 1 : self.place + 4], *self.numbers[max(0, self.place - 1) : self.place]]

    def look_aside(self, number: int) -> None:
        """Show a related ticket; one that was gone through on the way is gone back to."""
        if self.number is None:
            return
        way = [self.number, *self._aside]
        self._aside = way[1 : way.index(number) + 1] if number in way else [*self._aside, number]

    def come_back(self) -> bool:
        """Go back from a related ticket, by one; False when none is looked at."""
        return bool(self._aside and self._aside.pop())

    def skip(self) -> None:
        """Leave the ticket, and go on; from a related one, back to the ticket."""
        if self._aside:
            self._aside.clear()
        elif self.number is not None:
            if self.number not in self._decided:
                self._skipped.add(self.number)
            self.place += 1

    def back(self) -> bool:
        """Go to the ticket before, or back from a related one; False at the first."""
        if self.come_back():
            return True
        if not self.place:
            return False
        self.place -= 1
        return True

    def decide(self, decision: str) -> None:
        """The ticket is decided on; go on."""
        if self.number is not None:
            self._decided[self.number] = decision
            self._skipped.discard(self.number)
            self._aside.clear()
            self.place += 1

    def take_back(self, done: Iterable[int]) -> None:
        """What was decided on these tickets was taken back; the first of them is shown again."""
        places = [self.numbers.index(number) for number in done if number in self._decided]
        for place in places:
            number = self.numbers[place]
            self._taken_back[number] = self._decided.pop(number)
        if places:
            self._aside.clear()
            self.place = min(places)

    def decide_again(self, done: Iterable[int]) -> None:
        """What was taken back was done again."""
        for number in done:
            if number in self._taken_back:
                self._decided[number] = self._taken_back.pop(number)
                self._skipped.discard(number)
                if number == self.number:
                    self._aside.clear()
                    self.place += 1

    def summary(self, now: datetime) -> str:
        """What was done in this round, in lines."""
        head = f"{self.decided:,} of {len(self.numbers):,} decided in {long_span(now - self._started)}"
        counts = Counter(self._decided.values()).most_common()
        counts += [("skipped", self.skipped)] if self.skipped else []
        counts += [("not seen yet", self.left)] if self.left else []
        room = max((len(f"{count:,}") for _what, count in counts), default=0)
        return "\n".join([head, "", *(f"{count:>{room},} {what}" for what, count in counts)])


def decision_of(request: Request, outcome: Outcome, line: TicketLine) -> str | None:
    """What an act has decided about the ticket, as the summary says it; None for one that decides nothing."""
    action_id = request.act.action_id
    if action_id not in DECIDING:
        return None
    if line.state == "closed":
        return "closed"
    if action_id == "ticket.owner":
        return f"given to {line_of(line.owner)}" if line.owner else "given to nobody"
    if action_id == "ticket.status":
        return f"set to {line_of(line.status)}"
    return "worked on by plan" if action_id == "ticket.action" else line_of(outcome.summary.rpartition(" · ")[0])
