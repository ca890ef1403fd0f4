"""A small desk's words."""

from __future__ import annotations

from collections.abc import Sequence

VALUES = {
    "status": ("New", "Open", "Waiting for parts", "Closed"),
    "priority": ("low", "normal", "high"),
    "tag": ("callback", "vip"),
    "campaign": ("Winter survey", "Detractors Q4"),
    "owner": ("ana", "ben"),
    "owner.login": ("ana", "ben"),
    "class": ("people", "price"),
    "contact.region": ("North", "North West"),
}
KEYS = {
    "contact": ("region", "Seats"),
    "account": ("plan",),
    "answer": ("q1", "May we contact you?"),
    "noted": ("ana", "ben"),
}


class SmallVocabulary:
    """Knows a few values of a few fields."""

    def values(self, field: str) -> Sequence[str]:
        return VALUES.get(field, ())

    def keys(self, field: str) -> Sequence[str]:
        return KEYS.get(field, ())
