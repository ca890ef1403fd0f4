"""Which tickets a command is for: a number, several, or all that match a query."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.output import complain, hint_at
from casedesk.domain.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from casedesk.cli.invocation import Invocation
    from casedesk.desk import Desk

_NUMBERS = re.compile(r"#?\d{1,18}(?:\s*,\s*#?\d{1,18})*")

Which = Annotated[
    str,
    typer.Argument(
        metavar="N|QUERY",
        help="A ticket's number (12 or #12), several (12,13), or a query for all that match it.",
    ),
]
One = Annotated[str, typer.Argument(metavar="N", help="The ticket's number, 12 or #12.")]
Yes = Annotated[bool, typer.Option("--yes", help="With a query: act without asking.")]


def one_number(text: str) -> int:
    """The number of a single ticket. Raises InvalidInput."""
    found = named_numbers(text)
    if found is None or len(found) != 1:
        raise InvalidInput(f"“{text}” is not the number of a ticket.")
    return found[0]


def named_numbers(text: str) -> list[int] | None:
    """The numbers that `text` names, each once; None when it is a query."""
    if _NUMBERS.fullmatch(text.strip()) is None:
        return None
    return list(dict.fromkeys(int(number.strip().lstrip("#")) for number in text.split(",")))


def confirmed(question: str) -> bool:
    """Ask on standard error, so that standard output has the result alone; anything but a yes is a no."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def chosen(run: Invocation, desk: Desk, which: str, *, yes: bool) -> int | list[int]:
    """The tickets to act on: one number by itself, several as a list.

    For a query it says how many match and asks; without a terminal to ask on it needs `yes`. Raises InvalidInput,
    NotFound when nothing matches, and typer.Exit when the answer is no.
    """
    numbers = named_numbers(which)
    if numbers is not None:
        return numbers[0] if len(numbers) == 1 else numbers
    if not which.strip():
        raise InvalidInput("Say which tickets: a number or a query.")
    numbers = desk.tickets.numbers(which)
    hint_at(which)
    if not numbers:
        raise NotFound(f"No ticket matches {which}")
    tickets = "1 ticket matches" if len(numbers) == 1 else f"{len(numbers):,} tickets match"
    if yes:
        complain(f"{tickets} {which}")
    elif not run.asks():
        raise InvalidInput(f"{tickets} {which} – give --yes to act on all of them.")
    elif not confirmed(f"{tickets}. Act on all of them? [y/N] "):
        complain("Nothing was changed.")
        raise typer.Exit
    return numbers
