"""How names are compared: whole and whatever their case, or going on at an open end (behaviour 6.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from casedesk.domain.query.tree import Name
from casedesk.domain.text import caseless


def matcher(names: Iterable[Name]) -> Callable[[str], bool]:
    """The function that says whether a text is any of the names."""
    listed = list(names)
    whole = frozenset(caseless(name.text) for name in listed if not (name.open_start or name.open_end))
    open_ones = [name for name in listed if name.open_start or name.open_end]
    if not open_ones:
        return lambda text: caseless(text) in whole

    def matches(text: str) -> bool:
        form = caseless(text)
        return form in whole or any(_goes_on(form, name) for name in open_ones)

    return matches


def _goes_on(form: str, name: Name) -> bool:
    wanted = caseless(name.text)
    if name.open_start and name.open_end:
        return wanted in form
    return form.endswith(wanted) if name.open_start else form.startswith(wanted)
