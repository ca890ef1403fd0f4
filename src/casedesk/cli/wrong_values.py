"""What is wrong with an argument, in words of our own: those of the library that checks it are for programmers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import typer

_SENTENCES = {
    "int_parsing": "“{input}” isn't a whole number",
    "int_from_float": "“{input}” isn't a whole number",
    "int_type": "“{input}” isn't a whole number",
    "int_parsing_size": "“{input}” is too large a number",
    "float_parsing": "“{input}” isn't a number",
    "float_type": "“{input}” isn't a number",
    "greater_than_equal": "{input} is less than {ge}",
    "greater_than": "{input} isn't more than {gt}",
    "less_than_equal": "{input} is more than {le}",
    "less_than": "{input} isn't less than {lt}",
    "bool_parsing": "“{input}” is neither yes nor no",
}
_PREFIX = "Value error, "
_LONGEST = 60


class _Checked(Protocol):
    def errors(self) -> Sequence[Mapping[str, Any]]: ...


def own_words(error: typer.TyperException) -> str:
    """The message of a wrong argument or option, the reason in words of our own where it came from a check."""
    message, mistake = error.format_message(), _first_mistake(error)
    if mistake is None:
        return message
    said = str(mistake["msg"])
    sentence = _SENTENCES.get(str(mistake["type"]))
    if sentence is None:
        return message.replace(_PREFIX, "", 1)
    given = str(mistake.get("input", ""))
    shown = given if len(given) <= _LONGEST else f"{given[: _LONGEST - 1]}…"
    return message.replace(said, sentence.format(**{**mistake.get("ctx", {}), "input": shown}), 1)


def _first_mistake(error: BaseException) -> Mapping[str, Any] | None:
    """The first mistake of the check that an error came from; None when it came from none."""
    cause: BaseException | None = error
    while cause is not None:
        if callable(getattr(cause, "errors", None)):
            checked: _Checked = cause  # type: ignore[assignment]  # it has just been asked whether it is one
            return next(iter(checked.errors()), None)
        cause = cause.__cause__
    return None
