"""A mistake in a query, with its place and what was probably meant (behaviour 6.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casedesk.domain.errors import InvalidInput
from casedesk.domain.text import caseless

_CANDIDATES = 5000
_ALL_TOLD = 20
_SOME_TOLD = 8


class QueryError(InvalidInput):
    """A query that can't be understood.

    `column` is the place of the mistake in the query's text, the first character being 1, and `length` how many
    characters it takes up (0 at the very end). `suggestions` are what could stand there, the nearest first.
    """

    code = "query"

    def __init__(self, sentence: str, column: int, length: int = 0, suggestions: Iterable[str] = ()) -> None:
        super().__init__(sentence)
        self.column = column
        self.length = length
        self.suggestions = tuple(suggestions)


def nearest(name: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Up to `limit` of the known names that look like `name`, the nearest first, whatever the case."""
    from difflib import get_close_matches

    wanted = caseless(name)[:100]
    by_form: dict[str, str] = {}
    for entry in known:
        by_form.setdefault(caseless(entry), entry)
        if len(by_form) == _CANDIDATES:
            break
    found = get_close_matches(wanted, by_form, n=limit, cutoff=0.6)
    if len(wanted) > 1:
        found += [form for form in by_form if form.startswith(wanted) and form not in found]
    return tuple(by_form[form] for form in found[:limit])


def unknown(
    what: str,
    name: str,
    column: int,
    length: int,
    known: Sequence[str],
    *,
    advice: str = "",
    also: Sequence[str] = (),
) -> QueryError:
    """The error for a name that isn't among the known ones: `Unknown field "statsu" at 4: did you mean status?`

    Where none is near, the known ones are told, a long list by its beginning, and `advice` is given. `also` are further
    spellings, offered where they are near.
    """
    near = nearest(name, [*known, *also])
    tail = f": did you mean {near[0]}?" if near else " ".join(filter(None, [".", listed(known), advice]))
    return QueryError(f'Unknown {what} "{shortened(name)}" at {column}{tail}', column, length, near)


def listed(known: Sequence[str]) -> str:
    """`There is low, normal, high.`, of a long list `There is …, … and 40 more.`; nothing where nothing is known."""
    if not known:
        return ""
    if len(known) <= _ALL_TOLD:
        return f"There is {', '.join(map(shortened, known))}."
    return f"There is {', '.join(map(shortened, known[:_SOME_TOLD]))} and {len(known) - _SOME_TOLD:,} more."


def shortened(text: str, limit: int = 40) -> str:
    """`text` cut for a sentence."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
