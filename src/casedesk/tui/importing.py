"""A file that is about to be imported, as the import screen shows and changes it. Knows nothing of the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casedesk.intake.keys import UniqueKeys
from casedesk.intake.mapping import KEEP, TARGETS, TIME_TARGETS, Column, Mapping
from casedesk.tui.forms import Choice

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.intake import Source
    from casedesk.intake.records import Kind

KINDS: Final = {
    "responses": "survey answers; what needs one opens a ticket",
    "contacts": "people and what is known about them",
    "tickets": "tickets of another system",
}
"""What the rows of a file can be, with what that means."""

RATING: Final = "score:rating"
ANSWER: Final = "answer:"
VARIABLE: Final = "variable:"
KEPT: Final = "keep"
"""The choice that stands for the target KEEP, which is an empty text."""

_MEANINGS: Final = {
    "external_id": "the row's own id",
    "answered_at": "time of the answer",
    "submitted_at": "time of sending",
    "comment": "comment",
    "language": "language",
    "complete": "finished or not",
    "campaign": "campaign",
    "score:nps": "NPS, 0 to 10",
    "score:csat": "CSAT, 1 to 5",
    "score:ces": "CES, 1 to 7",
    RATING: "rating",
    "person.external_id": "contact: id",
    "person.name": "contact: name",
    "person.first_name": "contact: first name",
    "person.last_name": "contact: last name",
    "person.email": "contact: e-mail",
    "person.phone": "contact: phone",
    "person.language": "contact: language",
    "account": "account: name",
    "account_id": "account: id",
    "ignore": "left out",
    "title": "title",
    "description": "description",
    "status": "status",
    "priority": "priority",
    "topic": "topic",
    "owner": "owner",
    "team": "team",
    "resolution": "resolution",
    "tags": "tags",
    "created_at": "time of opening",
    "updated_at": "time of the last change",
    "closed_at": "time of closing",
}

_TABLES: Final = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", ".xls", ".ods")

_SHARED: Final = (*TIME_TARGETS, "complete", "ignore", "tags", KEEP)
"""Targets that several columns may have."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file is and how it would be read. `rows` are its first ones, `columns` in the file's order."""

    path: Path
    description: str
    mapping: Mapping
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    warnings: tuple[str, ...]
    campaign: str  # that its rows belong to unless another is named
    changed: bool = False  # the mapping isn't the one that the file would be read by anyway

    @property
    def kind(self) -> Kind:
        """What the rows become."""
        return self.mapping.kind

    def examples(self, place: int, most: int = 4) -> str:
        """The first filled cells of a column, each once."""
        cells = dict.fromkeys(row[place] for row in self.rows if place < len(row) and row[place])
        return " · ".join(list(cells)[:most])

    def with_target(self, place: int, target: str, scale: tuple[float, float] | None = None) -> Proposal:
        """The proposal with another target for one column. A column that had a target that only one can have keeps
        its cells as most columns do."""
        columns = list(self.columns)
        columns[place] = replace(columns[place], target=target, scale=scale)
        for here, column in enumerate(columns):
            if here != place and _clash(column, target):
                columns[here] = replace(column, target=self.kept(here), scale=None)
        mapping = replace(self.mapping, columns=tuple(columns))
        return replace(self, mapping=mapping, columns=tuple(columns), changed=True)

    def kept(self, place: int) -> str:
        """The target that keeps a column's cells without giving them a meaning."""
        start = {"responses": ANSWER, "contacts": VARIABLE, "tickets": KEEP}[self.kind]
        if start == KEEP:
            return KEEP
        keys = UniqueKeys()
        for column in self.columns:
            if column.target.startswith(start):
                keys.take_as_is(column.name)
        return start + keys.take(self.columns[place].header, place + 1)


def _clash(column: Column, target: str) -> bool:
    """Whether the column has a target that only one column can have."""
    if target in _SHARED or target.startswith(ANSWER):
        return False
    return column.target == target or (column.score_kind is not None and target.startswith("score:"))


def read_proposal(desk: Desk, path: Path, *, kind: Kind | None = None, mapping: Mapping | None = None) -> Proposal:
    """Find out what the file is. Raises CasedeskError when it is no table or the mapping doesn't fit it."""
    from casedesk.desk.importing.campaigns import title_of

    with desk.imports.propose(path, kind=kind, mapping=mapping) as source:
        return Proposal(
            path=path,
            description=source.description,
            mapping=source.mapping,
            columns=tuple(source.columns),
            rows=tuple(tuple(row) for row in source.sample_rows),
            warnings=tuple(source.warnings),
            campaign=_campaign(source) or title_of(source.name),
            changed=mapping is not None,
        )


def _campaign(source: Source) -> str:
    several = any(column.target == "campaign" for column in source.columns) and not source.survey
    return "each row's own" if several else source.survey


def meaning(column: Column, kind: Kind) -> str:
    """What a column is, in words."""
    if column.target.startswith(VARIABLE):
        return f"contact's {column.name}"
    if column.target.startswith(ANSWER):
        return f"answer {column.name}"
    if column.target == RATING and column.scale is not None:
        low, high = column.scale
        return f"rating, {low:g} to {high:g}"
    return _MEANINGS.get(column.target, "kept with the ticket" if kind == "tickets" else "kept")


def target_choices(kind: Kind) -> tuple[Choice, ...]:
    """Everything that a column of such a file can be."""
    known = [Choice(target, _MEANINGS[target]) for target in TARGETS[kind]]
    variable = Choice(VARIABLE, "variable of the contact", detail="under a name that you give")
    kept = {
        "responses": [Choice(ANSWER, "answer", detail="of a question, under a name that you give"), variable],
        "contacts": [variable],
        "tickets": [variable, Choice(KEPT, "kept with the ticket")],
    }
    return (*known, *kept[kind])


def complete_path(text: str, most: int = 200) -> tuple[Choice, ...]:
    """The files and folders whose path begins with `text`: folders, then files that look like tables, then the others.

    The values are paths, a folder's with a `/` at its end.
    """
    head, slash, beginning = text.rpartition("/")
    try:
        folder = Path(head + slash).expanduser()
        entries = sorted(folder.iterdir(), key=_rank)
    except (OSError, RuntimeError):  # RuntimeError: a `~name` that nobody has
        return ()
    wanted = beginning.casefold()
    found = [entry for entry in entries if entry.name.casefold().startswith(wanted) and _shown(entry, beginning)]
    found.sort(key=lambda entry: entry.name != beginning)
    return tuple(_path_choice(entry) for entry in found[:most])


def _rank(entry: Path) -> tuple[int, str]:
    place = 0 if entry.is_dir() else 1 if entry.suffix.lower() in _TABLES else 2
    return place, entry.name.casefold()


def _shown(entry: Path, beginning: str) -> bool:
    return beginning.startswith(".") or not entry.name.startswith(".")


def _path_choice(entry: Path) -> Choice:
    try:
        if entry.is_dir():
            return Choice(f"{entry}/", f"{entry.name}/", detail="folder")
        return Choice(str(entry), entry.name, detail=size_said(entry.stat().st_size))
    except OSError:
        return Choice(str(entry), entry.name, refusal="can't be read")


def size_said(size: int) -> str:
    """A size in bytes for people: `812 B`, `3.4 kB`, `12 MB`."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "B" or value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError(size)
