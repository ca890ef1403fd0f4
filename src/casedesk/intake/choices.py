"""Questions of which several options can be chosen, however an export spreads them over columns."""

from __future__ import annotations

from collections.abc import Callable

from casedesk.intake.mapping import Column

ReadChoices = Callable[[list[str]], str]

JOINED_BY = " | "
"""Stands between the chosen options in the text of an answer."""

_LONGEST_LIST = 10_000
_CHOSEN = frozenset(["1", "1.0", "true", "yes", "y", "x", "checked", "selected", "ja", "oui", "si", "sí", "sim", "tak"])
_NOT_CHOSEN = frozenset(["0", "0.0", "false", "no", "n", "unchecked", "nein", "non", "não", "nao", "nie"])


def choices_reader(sources: list[tuple[int, Column]]) -> ReadChoices:
    """A function that joins the options chosen in the columns of one question, each of them once."""
    columns = [(place, column.choice, _longest_first(column.choices)) for place, column in sources]

    def read(cells: list[str]) -> str:
        chosen: dict[str, None] = {}
        for place, choice, choices in columns:
            cell = cells[place]
            if not cell:
                continue
            if choices:
                chosen.update(dict.fromkeys(split_choices(cell, choices)))
            elif not choice or cell == choice:
                chosen[cell] = None
            elif cell.lower() in _CHOSEN:
                chosen[choice] = None
            elif cell.lower() not in _NOT_CHOSEN:
                chosen[cell] = None
        return JOINED_BY.join(chosen)

    return read


def split_choices(cell: str, choices: tuple[str, ...]) -> list[str]:
    """The options that a cell names one after the other, blanks between; `choices` has the longest first.

    Words that belong to none of them stand alone; a cell too long to be a list of options stays whole.
    """
    if len(cell) > _LONGEST_LIST:
        return [cell]
    found: list[str] = []
    rest = cell
    while rest:
        choice = next((choice for choice in choices if rest == choice or rest.startswith(choice + " ")), None)
        if choice is None:
            word, _, rest = rest.partition(" ")
            found.append(word)
        else:
            found.append(choice)
            rest = rest[len(choice) :].lstrip()
    return found


def _longest_first(choices: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(choices, key=len, reverse=True))
