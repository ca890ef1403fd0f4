"""Macros, and what one would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Macro:
    """Acts under a name (X4). Without an owner it is shared: everybody may run it."""

    id: int
    name: str
    owner: str | None
    key: str
    steps: tuple[Mapping[str, Any], ...]
    words: tuple[str, ...]  # each step in a few words

    @property
    def shared(self) -> bool:
        return self.owner is None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that would change on a ticket. Of what is only added or removed, the other side is empty."""

    field: str  # status, owner, tag, note, …
    before: str
    after: str
    words: str  # as the feed will say it: "status: new → pending"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a macro would change on one ticket; `refusal` is why it would leave the ticket alone."""

    number: int
    changes: tuple[FieldChange, ...]
    refusal: str | None = None
    code: str = ""  # of the refusal: unchanged, invalid, …
