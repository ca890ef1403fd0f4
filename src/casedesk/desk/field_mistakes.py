"""Saying all that is wrong with a record at once, each mistake at its field (behaviour 3.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from casedesk.domain.errors import InvalidFields, InvalidInput

Value = TypeVar("Value")


class FieldMistakes:
    """The mistakes found so far. Ask for each value, then `refuse`."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    def checked(self, field: str, make: Callable[[], Value], otherwise: Value) -> Value:
        """What `make` returns; `otherwise`, and a mistake at the field, when it raises InvalidInput."""
        try:
            return make()
        except InvalidInput as error:
            self._found.append((field, error.sentence))
            return otherwise

    def refuse(self) -> None:
        """Raise InvalidFields when there was a mistake."""
        if self._found:
            raise InvalidFields(self._found)
