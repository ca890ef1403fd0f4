"""What is wrong with a set-up file, each mistake at its place, all that can be found at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from casedesk.desk.matching import closest
from casedesk.desk.values import SetUpMistake
from casedesk.domain.errors import CasedeskError, InvalidFields, InvalidInput, NotPermitted, Unchanged

Place = tuple[str | int, ...]
"""Where something stands: the names of tables and keys, and numbers from 0 in lists."""

MOST: Final = 100
"""Mistakes that are told: whoever has more has given another file."""


class SetUpMistakes(InvalidInput):
    """A set-up file can't be used: `mistakes` has all that was found. Nothing was applied."""

    def __init__(self, mistakes: Iterable[SetUpMistake]) -> None:
        self.mistakes = tuple(mistakes)
        more = len(self.mistakes) - 1
        rest = f" And {more:,} more mistake{'s' if more > 1 else ''}." if more else ""
        super().__init__(self.mistakes[0].said + rest)


class Mistakes:
    """The mistakes found so far."""

    def __init__(self, line_of: Callable[[Place], int | None]) -> None:
        self._line_of = line_of
        self._found: list[SetUpMistake] = []

    def add(self, place: Place, sentence: str) -> None:
        """Note a mistake; the same one is told once."""
        mistake = SetUpMistake(said(place), self._line_of(place), sentence)
        if mistake not in self._found and len(self._found) < MOST:
            self._found.append(mistake)

    def unknown(self, place: Place, known: Iterable[str]) -> None:
        """Note a key that means nothing, with the nearest that does."""
        every = list(known)
        near = closest(str(place[-1]), every, 1)
        hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(every)}."
        self.add(place, f"There is no “{place[-1]}” here; {hint}")

    def attempt(self, place: Place, change: Callable[[], object]) -> bool:
        """Make a change of the desk; what it refuses is a mistake at the place, what is so already is none.

        A right that the user lacks is no mistake of the file: NotPermitted is raised.
        """
        try:
            change()
        except Unchanged:
            return True
        except NotPermitted:
            raise
        except InvalidFields as error:
            for field, sentence in error.mistakes:
                self.add((*place, *_inner(field)), sentence)
            return False
        except CasedeskError as error:
            self.add(place, error.sentence)
            return False
        return True

    def refuse(self) -> None:
        """Raise SetUpMistakes when there was one, in the order of the file."""
        if self._found:
            raise SetUpMistakes(sorted(self._found, key=lambda each: each.line or 0))


def _inner(field: str) -> Place:
    """The place of a field inside its entry; `effect 2` is the second of the effects."""
    name, _, number = field.rpartition(" ")
    return (f"{name}s", int(number) - 1) if name and number.isdecimal() else (field,)


def said(place: Place) -> str:
    """`plans[2].actions[1].statuses`: counted from 1, as people do."""
    words = ""
    for part in place:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words
