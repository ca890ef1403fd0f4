"""The desk's own lists: statuses, priorities, topics, tags, classifications, close options (A2, M12, behaviour 1.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from casedesk.domain import lifecycle
from casedesk.domain.rights import CONFIGURE
from casedesk.tui.configuration.section import (
    CHANGE,
    MOVE_DOWN,
    MOVE_UP,
    NEW,
    RESTORE,
    RETIRE,
    Ask,
    Change,
    Contents,
    Deed,
    Do,
    Item,
    LastChanges,
    Section,
    shown_by,
)
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Field, Form, TextField, choices_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.acts import Progress
    from casedesk.desk.values import ListEntry, NamedBy, Outcome
    from casedesk.tui.app import CasedeskApp


class Use(NamedTuple):
    """Who uses an entry."""

    entry: ListEntry
    named: NamedBy


class ListSection(Section):
    """One of the lists. `key` is what the desk calls it, `one` what an entry of it is."""

    group, right = "Tickets", CONFIGURE
    key: ClassVar[str]
    one: ClassVar[str]

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        entries = desk.lists.entries(self.key, retired=True, counted=False)
        table = "close_option" if self.key == "close options" else self.one
        return Contents(
            tuple(
                Item(
                    entry.name,
                    entry.name,
                    "retired" if entry.retired else _stands_for(entry),
                    self.about_entry(entry),
                    changed=changes.get((table, str(entry.id))),
                    muted=entry.retired,
                    role=f"state-{entry.state}" if entry.state else "text",
                )
                for entry in entries
            ),
            more=entries,
            empty=f"There is no {self.one} yet.",
        )

    def about_entry(self, entry: ListEntry) -> str:
        """What an entry means, in a sentence."""
        if entry.retired:
            return "Retired: tickets that have it keep it, and it is offered no more."
        return f"A status that stands for the state {entry.state}." if entry.state else ""

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        entries: Sequence[ListEntry] = contents.more or ()
        found: dict[str, Deed] = {NEW: Ask(lambda _read: self._new_form(), self._add, then=lambda given: given["name"])}
        entry = shown_by(item, entries, lambda each: each.name)
        if entry is None:
            return found
        name = entry.name
        found[CHANGE] = Ask(
            lambda _read: self._change_form(entry),
            lambda given: self._rename_or_move(entry, given),
            then=lambda given: given["name"],
        )
        if entry.retired:
            found[RESTORE] = Do(lambda desk, _progress: desk.lists.restore(self.key, name), name)
        else:
            found |= self._moves([each.name for each in entries if not each.retired], name)
        found[RETIRE] = Ask(
            lambda use: self._retire_form(use, entries),
            lambda other: self._retire(name, other),
            read=lambda desk: Use(desk.lists.show(self.key, name), desk.lists.named_by(self.key, name)),
        )
        return found

    def _moves(self, names: Sequence[str], name: str) -> dict[str, Deed]:
        """Moving the entry one place up or down, where it has a place."""
        if self.key == "tags":
            return {}
        place = names.index(name) + 1
        found: dict[str, Deed] = {}
        if place > 1:
            found[MOVE_UP] = Do(self._move(name, place - 1), name)
        if place < len(names):
            found[MOVE_DOWN] = Do(self._move(name, place + 1), name)
        return found

    def _move(self, name: str, to: int) -> Change:
        from casedesk.desk.lists import Place

        return lambda desk, _progress: desk.lists.move(self.key, name, Place(to=to))

    # Forms

    def _new_form(self) -> Form[dict[str, Any]]:
        fields: list[Field] = [TextField(name="name", label="Name", longest=60)]
        if self.key == "statuses":
            fields.append(ChoiceField(name="state", label="Stands for", choices=_states()))
        return Form(f"New {self.one}", fields, "Add", dict)

    def _add(self, given: dict[str, Any]) -> Change:
        return lambda desk, _progress: desk.lists.add(self.key, given["name"], state=given.get("state"))

    def _change_form(self, entry: ListEntry) -> Form[dict[str, Any]]:
        fields: list[Field] = [TextField(name="name", label="Name", longest=60, initial=entry.name)]
        if self.key == "statuses":
            fields.append(ChoiceField(name="state", label="Stands for", choices=_states(), initial=entry.state))
        return Form(line_of(entry.name, 60), fields, "Save", dict, intro=f"{self.note_of_renaming()}\n")

    def note_of_renaming(self) -> str:
        """What another name does."""
        return "Another name holds everywhere: on tickets, in rules, policies, macros and views."

    def _rename_or_move(self, entry: ListEntry, given: dict[str, Any]) -> Change:
        state = given.get("state")
        if state is None or state == entry.state:
            return lambda desk, _progress: desk.lists.rename(self.key, entry.name, given["name"])
        if given["name"] == entry.name:
            return lambda desk, _progress: desk.lists.set_state(entry.name, state)
        return _both(entry.name, given["name"], state)

    def _retire_form(self, use: Use, entries: Sequence[ListEntry]) -> Form[str]:
        """Retire it, or let another take its place; says what uses it."""
        entry = use.entry
        others = [each for each in entries if not each.retired and each.name != entry.name]
        same = [each for each in others if each.state == entry.state]
        keep = f"{entry.tickets:,} tickets keep it" if entry.tickets != 1 else "1 ticket keeps it"
        rules = f"rule “{line_of(use.named.rules[0], 40)}” gives it" if use.named.rules else None
        ways = (
            Choice("", "Retire it", keep if entry.tickets else "no ticket has it",
                   "it is retired already" if entry.retired else rules),
            *(Choice(each.name, f"Put “{line_of(each.name, 40)}” in its place") for each in same),
        )  # fmt: skip
        used = [f"rules: {', '.join(map(line_of, use.named.rules))}"] if use.named.rules else []
        used += [f"macros: {', '.join(map(line_of, use.named.macros))}"] if use.named.macros else []
        return Form(
            f"Retire · {line_of(entry.name, 60)}",
            [ChoiceField(name="by", label="What becomes of its tickets", choices=ways, at_once=False, required=False)],
            "Retire",
            lambda values: str(values["by"]),
            intro="\n".join([*used, ""]) if used else "",
        )

    def _retire(self, name: str, other: str) -> Change:
        return lambda desk, progress: desk.lists.retire(self.key, name, replace_by=other or None, progress=progress)


def _both(name: str, fresh: str, state: str) -> Change:
    """Another name and another state for a status, as one act."""

    def change(desk: Desk, _progress: Progress) -> Outcome:
        with desk.acts.together("change status", right=CONFIGURE) as whole:
            whole.desk.lists.set_state(name, state)
            whole.desk.lists.rename("statuses", name, fresh)
            whole.summary = f"status “{name}” → “{fresh}”, which is {state}"
        return whole.outcome

    return change


def _stands_for(entry: ListEntry) -> str:
    """The state of a status, where its name doesn't say it."""
    return entry.state if entry.state is not None and entry.state != entry.name.casefold() else ""


def _states() -> tuple[Choice, ...]:
    return choices_of(lifecycle.STATES)


class Statuses(ListSection):
    """The desk's names for the four states."""

    id = key = "statuses"
    title, one = "Statuses", "status"
    about = "The desk's own names for the states new, open, pending and closed. The first of a state is the usual one."
    words = ("status", "state", "lifecycle")


class Priorities(ListSection):
    """How urgent tickets can be."""

    id = key = "priorities"
    title, one = "Priorities", "priority"
    about = "How urgent a ticket is, from the least to the most urgent. Policies can give each other targets."
    words = ("priority", "urgent")


class Topics(ListSection):
    """What tickets are about."""

    id = key = "topics"
    title, one = "Topics", "topic"
    about = "What a ticket is about: one of these, or none."
    words = ("topic", "subject", "category")


class Tags(ListSection):
    """Words that group tickets."""

    id = key = "tags"
    title, one = "Tags", "tag"
    about = "Words that group tickets: any number on each. Agents and rules can add new ones while they work."
    words = ("tag", "label", "keyword")


class Classifications(ListSection):
    """Causes."""

    id = key = "classifications"
    title, one = "Classifications", "classification"
    about = "The causes that agents choose among; the report on causes counts them."
    words = ("classification", "cause", "reason", "root cause")


class CloseOptions(ListSection):
    """Resolutions."""

    id, key = "close-options", "close options"
    title, one = "Close options", "close option"
    about = "The resolutions that can be chosen when a ticket is closed."
    words = ("resolution", "close", "closing")


STATUSES: Final = Statuses()
PRIORITIES: Final = Priorities()
TOPICS: Final = Topics()
TAGS: Final = Tags()
CLASSIFICATIONS: Final = Classifications()
CLOSE_OPTIONS: Final = CloseOptions()
