"""JSON files as tables: a list of objects, an object that holds such a list, one object alone, or one a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from casedesk.domain.errors import InvalidInput
from casedesk.intake.json_walk import Damage, JsonWalk, TooLarge, WrongBytes
from casedesk.intake.records import Reject
from casedesk.intake.table import MOST_COLUMNS, SAMPLE_ROWS, Container, Item, Row

Unfold = Callable[[Item], dict[str, str]]
"""How an object becomes cells: the header of each and its text."""

Shape = Literal["list", "lines", "stream", "member", "alone"]
"""A list; an object a line; objects one after the other; a list in an object; one object."""

_LISTS = (
    "satisfaction_ratings",
    "submissions",
    "issues",
    "responses",
    "tickets",
    "users",
    "organizations",
    "items",
    "data",
    "results",
)
"""Keys under which known exports hold their records; else the longest list of objects counts."""

_WHOLE = 2**21
"""Characters up to which a document is read whole to see what it holds."""

_ENOUGH = 100


class JsonTable:
    """A JSON file of records, read as a stream."""

    container: Container = "json"
    delimiter = ""

    def __init__(self, path: Path, encoding: str, display: str) -> None:
        self._path = path
        self._display = display
        self.encoding = encoding
        self.size = path.stat().st_size
        self.width = 0
        self.warnings: list[str] = []
        self.envelope: Item = {}
        self.headers: list[str] = []
        self._walk: JsonWalk | None = None
        self._unfold: Unfold | None = None
        self._key = ""
        self._shape: Shape = self._find_shape()

    @property
    def is_single(self) -> bool:
        """True for a file of one object that holds no list of records: an event, as webhooks send them."""
        return self._shape == "alone"

    def items(self) -> Iterator[tuple[int, Item] | Reject]:
        """Each object with its line. Where the text stops being JSON, a `Reject` says so and is the last."""
        with JsonWalk(self._path, self.encoding) as walk:
            self._walk = walk
            if self._shape == "lines":
                yield from _line_items(walk)
                return
            try:
                if self._shape == "member":
                    for _, key in walk.members():
                        if key == self._key:
                            break
                        _pass(walk)
                if self._shape in ("alone", "stream"):
                    while walk.peek():
                        yield _item(walk, walk.line)
                else:
                    for line, _ in walk.elements():
                        yield _item(walk, line)
            except Damage as damage:
                yield _reject_of(damage)

    def first_items(self) -> tuple[list[Item], bool]:
        """The objects by which the format is told, and whether they are all."""
        first: list[Item] = []
        for entry in self.items():
            if isinstance(entry, Reject):
                continue
            if len(first) >= SAMPLE_ROWS:
                return first, False
            first.append(entry[1])
        return first, True

    def lay_out(self, unfold: Unfold) -> None:
        """Look through the whole file once for its columns, since any object may bring new ones."""
        self._unfold = unfold
        columns: dict[str, None] = {}
        for entry in self.items():
            if not isinstance(entry, Reject):
                cells = unfold(entry[1])
                if not cells.keys() <= columns.keys():
                    columns.update(dict.fromkeys(cells))
                if len(columns) > MOST_COLUMNS:
                    raise InvalidInput(
                        f"{self._display}: its records have more than {MOST_COLUMNS:,} different fields."
                    )
        self.headers = list(columns)
        self.width = len(columns)

    def rows(self) -> Iterator[Row | Reject]:
        """The objects as rows under `headers`."""
        headers, unfold = self.headers, self._unfold
        assert unfold is not None, "lay_out comes first"
        for entry in self.items():
            if isinstance(entry, Reject):
                yield entry
            else:
                cells = unfold(entry[1])
                yield entry[0], [cells.get(header, "") for header in headers]

    def position(self) -> int:
        """Bytes read so far."""
        return min(self._walk.position, self.size) if self._walk else 0

    def close(self) -> None:
        """Nothing is held between reads."""

    def _find_shape(self) -> Shape:
        with JsonWalk(self._path, self.encoding) as walk:
            if walk.peek() == "[":
                return "list"
            try:
                first_line = walk.line
                document = walk.value(_WHOLE)
                last_line = walk.line
                following = walk.peek()
                if following and first_line == last_line < walk.line:
                    return "lines"
                if following == "{":
                    return "stream"
                if following:
                    raise InvalidInput(f"{self._display}, line {walk.line}: something follows the JSON document.")
            except (TooLarge, Damage, WrongBytes):
                document = None
        if document is None:
            return self._find_shape_of_long()
        lists = {
            key: len(value) for key, value in document.items() if isinstance(value, list) and _holds_objects(value)
        }
        self._key = _records_key(lists, document)
        self.envelope = {key: value for key, value in document.items() if key != self._key}
        return "member" if self._key else "alone"

    def _find_shape_of_long(self) -> Shape:
        """The shape of a document too long or too damaged to be read whole: where its first list of objects is."""
        lists: dict[str, int] = {}
        reason = "no list of records is in it"
        with JsonWalk(self._path, self.encoding) as walk:
            try:
                for _, key in walk.members():
                    if walk.peek() == "[":
                        lists[key] = 0
                        for _ in _objects(walk):
                            lists[key] += 1
                        if lists[key] >= _ENOUGH:
                            break
                    elif walk.peek() in ("{", '"'):
                        _pass(walk)
                    else:
                        self.envelope[key] = walk.value()
            except (Damage, TooLarge, WrongBytes) as error:
                if isinstance(error, Damage):
                    reason = f"line {error.line}: {error.reason}"
                    if not error.ends and walk.line == 1:
                        return "lines"
        self._key = max(lists, key=lambda key: lists[key], default="")
        if not self._key or not lists[self._key]:
            raise InvalidInput(f"{self._display} can't be read as JSON: {reason}.")
        return "member"


def looks_like_json(beginning: str) -> bool:
    """True when a text begins as a JSON document of records does."""
    start = beginning.lstrip("\ufeff \t\r\n")
    if start[:1] == "{":
        return start[1:].lstrip()[:1] in ('"', "}", "")
    return start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "[", '"', "]", "")


def _line_items(walk: JsonWalk) -> Iterator[tuple[int, Item] | Reject]:
    while walk.peek():
        line = walk.line
        try:
            value = walk.value_of_line()
        except Damage as damage:
            yield _reject_of(damage, "")
        except TooLarge as large:
            yield Reject(line, large.reason)
        except WrongBytes:
            yield _wrong_bytes(line)
        else:
            yield (line, value) if isinstance(value, dict) else Reject(line, "this is not a JSON object")


def _item(walk: JsonWalk, line: int) -> tuple[int, Item] | Reject:
    try:
        value = walk.value()
    except TooLarge as large:
        walk.pass_over()
        return Reject(line, large.reason)
    except WrongBytes:
        return _wrong_bytes(line)
    return (line, value) if isinstance(value, dict) else Reject(line, "this is not a JSON object")


def _pass(walk: JsonWalk) -> None:
    """Go past a value of any kind."""
    if walk.peek() in ("{", "[", '"'):
        walk.pass_over()
    else:
        walk.value()


def _reject_of(damage: Damage, loss: str = "; the rest could not be read") -> Reject:
    if damage.ends:
        return Reject(damage.line, "the file ends in the middle of this record")
    return Reject(damage.line, f"this is not JSON: {damage.reason}{loss}")


def _wrong_bytes(line: int) -> Reject:
    return Reject(line, "the record has bytes that don't fit the file's encoding")


def _objects(walk: JsonWalk) -> Iterator[None]:
    """Go past the elements of an array, stopping at each object of the first `_ENOUGH`."""
    count = 0
    for _ in walk.elements():
        is_object = walk.peek() == "{"
        _pass(walk)
        if is_object:
            count += 1
            yield
        if count >= _ENOUGH:
            return


def _holds_objects(values: list[object]) -> bool:
    return bool(values) and isinstance(values[0], dict)


def _records_key(lists: dict[str, int], document: Item) -> str:
    """The key of the list that holds the records; "" when the document is a record itself.

    A list under a name of its own counts only if what stands beside it is no record: few texts, no nested objects.
    """
    for key in _LISTS:
        if key in lists or document.get(key) == []:
            return key
    if not lists or any(isinstance(value, dict) and len(value) > 3 for value in document.values()):
        return ""
    return max(lists, key=lambda key: lists[key])
