"""What one kind of thing in the set-up has to say for itself: how it is read, written, put in place, and dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec

from casedesk.desk.list_entries import same
from casedesk.desk.set_up.mistakes import Mistakes, Place
from casedesk.desk.set_up.shape import Key, Table, read_table, write_table
from casedesk.desk.values.set_up import REMOVED, RETIRED
from casedesk.domain.rights import CONFIGURE

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.together import JoinedDesk
    from casedesk.desk.values import Outcome

Parameters = ParamSpec("Parameters")


@dataclass(slots=True)
class Entry:
    """One entry: its values, complete with defaults, and where it stands in the file (nowhere for the desk's own)."""

    values: Table
    place: Place = ()

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def name(self) -> str:
        return str(self.values["name"])


@dataclass(slots=True)
class Applying:
    """A file that is being applied: the desk it is applied to, and what there is to tell."""

    desk: JoinedDesk
    mistakes: Mistakes
    notes: list[str] = field(default_factory=list)
    fates: dict[tuple[str, str], str] = field(default_factory=dict)
    """Retired or removed, by kind and identity, for what left the set-up."""

    def do(
        self, place: Place, change: Callable[Parameters, Outcome], *args: Parameters.args, **given: Parameters.kwargs
    ) -> bool:
        """Make a change; what the desk refuses is a mistake at the place."""
        return self.mistakes.attempt(place, lambda: self.notes.extend(change(*args, **given).notes))

    def gone(self, part: Part, entry: Entry, removed: bool) -> None:
        """Note what became of an entry that the file doesn't have."""
        self.fates[part.key, part.identity(entry)] = REMOVED if removed else RETIRED


class Part:
    """A kind of thing. A further kind is one subclass in a module of its own, and one line in `parts.py`.

    `put` adds and changes what the file has; parts are put in the order in which they build on each other. `drop`
    takes away what the file doesn't have, in the reverse order, and sets what couldn't be set before.
    """

    key: ClassVar[str]
    """The table of the file."""
    one: ClassVar[str]
    """What people call an entry."""
    keys: ClassVar[Sequence[Key]]
    about: ClassVar[str] = ""
    """A comment above the table in the file."""
    right: ClassVar[str] = CONFIGURE
    """What one needs to change any of it."""
    named_by: ClassVar[Sequence[str]] = ("name",)
    """The keys that make up the identity."""
    ordered: ClassVar[bool] = False
    """Whether the order of entries says something."""

    @property
    def title(self) -> str:
        """What people call the kind."""
        return self.key.replace("_", " ")

    def identity(self, entry: Entry) -> str:
        """What tells entries apart, and what they are called."""
        return entry.name

    def read(self, desk: Desk) -> list[Entry]:
        """What the desk has, in a stable order."""
        raise NotImplementedError

    def parsed(self, value: Any, mistakes: Mistakes) -> list[Entry]:
        """The entries of a file's table; what is wrong is noted."""
        if not isinstance(value, list):
            mistakes.add((self.key,), f"Write each {self.one} as a table [[{self.key}]]; without any: {self.key} = [].")
            return []
        found = [
            Entry(table, (self.key, at))
            for at, one in enumerate(value)
            if (table := read_table(one, self.keys, (self.key, at), mistakes)) is not None
        ]
        self.refuse_twice(found, mistakes)
        return found

    def written(self, entries: Sequence[Entry]) -> Any:
        """The table as it stands in the file."""
        return [write_table(entry.values, self.keys) for entry in entries]

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """Add and change what the file has."""
        raise NotImplementedError

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """Take away what the file doesn't have."""
        raise NotImplementedError

    def is_so(self, there: Sequence[Entry], wanted: Sequence[Entry]) -> bool:
        """Whether the desk has just what the file has."""
        if self.ordered:
            return [entry.values for entry in there] == [entry.values for entry in wanted]
        return {name: entry.values for name, entry in self.by_name(there).items()} == {
            name: entry.values for name, entry in self.by_name(wanted).items()
        }

    def refuse_twice(self, entries: Sequence[Entry], mistakes: Mistakes) -> None:
        """Note the entries that are there twice."""
        seen: set[str] = set()
        for entry in entries:
            name = same(self.identity(entry))
            if name in seen:
                mistakes.add(entry.place, f"The {self.one} “{self.identity(entry)}” is there twice.")
            seen.add(name)

    def by_name(self, entries: Sequence[Entry]) -> dict[str, Entry]:
        """The entries by what tells them apart."""
        return {same(self.identity(entry)): entry for entry in entries}

    def missing(self, to: Applying, wanted: Sequence[Entry]) -> list[Entry]:
        """The desk's entries that the file doesn't have."""
        known = self.by_name(wanted)
        return [entry for entry in self.read(to.desk) if same(self.identity(entry)) not in known]


def by_name(entries: Sequence[Entry]) -> list[Entry]:
    """Entries that have no order of their own, by name."""
    return sorted(entries, key=lambda entry: (entry.name.casefold(), entry.name))
