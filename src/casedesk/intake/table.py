"""What every container of rows looks like to the formats: numbered rows of cells, and a sample of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from casedesk.intake.records import Kind, Reject

Row = tuple[int, list[str]]
Container = Literal["delimited", "json", "workbook"]
Item = dict[str, Any]
"""An object of a JSON file; its numbers are texts, written as in the file."""

MOST_COLUMNS = 4_000
"""A table with more is refused."""

SAMPLE_ROWS = 1_000
SAMPLE_CHARACTERS = 2**21


class Table(Protocol):
    """A file of rows. `rows` starts from the beginning at each call; `width` is the number of cells in a whole row."""

    container: Container
    encoding: str
    delimiter: str
    size: int
    width: int
    warnings: list[str]

    def rows(self) -> Iterator[Row | Reject]:
        """Each row, header lines included, with the number of its first line; what can't be read as a `Reject`."""
        ...

    def position(self) -> int:
        """Bytes read so far, at most `size`."""
        ...

    def close(self) -> None:
        """Give back what the table holds beside memory."""
        ...


@dataclass(slots=True)
class Sample:
    """The beginning of a file, by which its format is told and its mapping made.

    `top` holds the first rows as they stand in a table, header lines among them; `items` the first objects of a
    JSON file and `envelope` what surrounds them. Once the header is laid out, `headers`, `labels` and `rows` are set.
    """

    container: Container
    name: str
    """The file's name without its ending, for the source."""
    display: str = ""
    """What sentences call the file."""
    is_whole: bool = True
    """True when the file has no rows beside the sample's."""
    kind: Kind | None = None
    top: list[list[str]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    envelope: Item = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def first(self) -> list[str]:
        """The first header line, empty for JSON."""
        return self.top[0] if self.top else []

    def cells(self, place: int) -> list[str]:
        """The filled cells of the column at `place` (the first is 0)."""
        return [row[place] for row in self.rows if row[place]]


def head_of(rows: Iterator[Row | Reject]) -> tuple[list[list[str]], bool]:
    """The first rows of a table, trimmed, as many as a sample holds, and whether they are all."""
    head: list[list[str]] = []
    characters = 0
    for row in rows:
        if isinstance(row, Reject):
            continue
        cells = [cell.strip() for cell in row[1]]
        if not head and cells:
            cells[0] = cells[0].removeprefix("\ufeff").strip()
        if not any(cells):
            continue
        if len(head) > SAMPLE_ROWS or characters > SAMPLE_CHARACTERS:
            return head, False
        head.append(cells)
        characters += sum(map(len, cells))
    return head, True
