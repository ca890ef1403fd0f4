"""What is wrong with a cell, said in words that a row's rejection can carry."""

from __future__ import annotations

_SHOWN = 60
_NOTHING = frozenset(["n/a", "n.a.", "na", "#n/a", "nan", "none", "null", "nil", "-", "--", "–", "—"])


class BadCell(Exception):
    """A cell that can't be read. Never leaves this package: its row becomes a `Reject`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def says_nothing(cell: str) -> bool:
    """True for what people and programs write where there is nothing to say."""
    return cell.casefold() in _NOTHING


def quoted(cell: str) -> str:
    """A cell as a reason quotes it: on one line, controls as escapes, cut when long."""
    cut = cell if len(cell) <= _SHOWN else cell[: _SHOWN - 1] + "…"
    visible = "".join(character if character.isprintable() else _escaped(character) for character in cut)
    return f'"{visible}"'


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
