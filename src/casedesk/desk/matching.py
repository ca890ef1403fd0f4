"""The names nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def closest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Up to `limit` of the known names that look like `name`, the nearest first, in any case."""
    by_fold = {entry.casefold(): entry for entry in known}
    wanted = name.strip().casefold()
    found = get_close_matches(wanted, by_fold, n=limit, cutoff=0.6)
    starts = [fold for fold in by_fold if wanted and fold.startswith(wanted) and fold not in found]
    return [by_fold[fold] for fold in [*found, *starts][:limit]]


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """What to say of a name that isn't known: those of the known ones that may be meant, else what is given."""
    near = closest(name, known)
    return f"did you mean {' or '.join(near)}?" if near else otherwise
