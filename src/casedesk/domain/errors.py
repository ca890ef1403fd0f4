"""Every error that casedesk raises on purpose: a sentence for people and a code for programs."""

from __future__ import annotations

from collections.abc import Iterable


class CasedeskError(Exception):
    """Something a user can be told in one sentence.

    `code` is stable and meant for programs; `exit_status` is what the command line ends with.
    """

    code = "error"
    exit_status = 2

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class InvalidInput(CasedeskError):
    """What was asked for can't be: a wrong value, a name nobody knows, a move that isn't allowed."""

    code = "invalid"
    exit_status = 2


class Unchanged(InvalidInput):
    """What was asked for holds already. Harmless among many; `code` lets a client say so in passing."""

    code = "unchanged"


class InvalidFields(InvalidInput):
    """Values of a record that won't do: `mistakes` are pairs of a field's name and what is wrong with it."""

    def __init__(self, mistakes: Iterable[tuple[str, str]]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(" ".join(sentence for _field, sentence in self.mistakes))


class NotFound(CasedeskError):
    """The record asked for isn't there."""

    code = "not-found"
    exit_status = 1


class NotThere(NotFound, InvalidInput):
    """A record that was named isn't there: not found by who asks for it, and a wrong value where an act is given it,
    which is what its code says."""

    code = InvalidInput.code


class NotPermitted(CasedeskError):
    """The user lacks the right (M13, S13)."""

    code = "not-permitted"
    exit_status = 3


class Conflict(CasedeskError):
    """Somebody changed the record meanwhile (behaviour 9.3), or an undo would overwrite a later change."""

    code = "conflict"
    exit_status = 4


class StoreUnavailable(CasedeskError):
    """The desk file can't be used: missing, foreign, newer, read-only, locked, damaged or on a full disk."""

    code = "store"
    exit_status = 5
