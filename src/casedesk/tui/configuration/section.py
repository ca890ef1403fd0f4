"""A section of the configuration: what it shows, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from casedesk.desk import Desk
    from casedesk.desk.acts import Progress
    from casedesk.desk.values import LastChange, Outcome
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.forms import Form

LastChanges = Mapping[tuple[str, str], "LastChange"]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a section: a setting with its value, or an entry. The texts may come from outside; they are made safe
    where they are drawn."""

    key: Hashable
    label: str
    value: str = ""
    about: str = ""  # what it does
    default: str | None = None  # in words; None where there is none
    words: tuple[str, ...] = ()  # under which people look for it, beside those that are shown
    heading: str = ""  # stands above the first of those that have it
    changed: LastChange | None = None
    muted: bool = False  # retired, or off
    role: str = "text"  # the colour of the value


@dataclass(frozen=True)
class Contents:
    """What a section shows. `more` is what its forms need to know."""

    items: tuple[Item, ...] = ()
    more: Any = None
    empty: str = "Nothing is here yet."
    note: str = ""  # stands under the section's own words


@dataclass(frozen=True)
class Altered:
    """Something of the user's own was changed, past the desk. `back` takes it back, in a thread."""

    summary: str
    back: Callable[[], Altered]
    name: str = "alteration"
    notes: tuple[str, ...] = ()


Change = Callable[["Desk", "Progress"], "Outcome | Altered"]
"""Makes a change, in a thread. Raises CasedeskError. A long one tells its progress."""


@dataclass(frozen=True)
class Ask:
    """Ask by a form, then make the change. The form stays until the desk has agreed.

    `form` is given what `read` got from the desk, in a thread. `then` is where the cursor goes, by what was entered.
    """

    form: Callable[[Any], Form[Any]]
    change: Callable[[Any], Change]
    read: Callable[[Desk], Any] | None = None
    then: Callable[[Any], Hashable] | None = None
    short: str = ""  # other words for the key


@dataclass(frozen=True)
class Do:
    """Make a change that asks for nothing: it can be taken back. `then` is where the cursor goes."""

    change: Change
    then: Hashable | None = None
    short: str = ""


@dataclass(frozen=True)
class Open:
    """Show a screen, or do what only the running program can."""

    show: Callable[[CasedeskApp, Callable[[bool], None]], None]  # the second is told whether something was changed
    short: str = ""


@dataclass(frozen=True)
class Pick:
    """Show a modal of its own kind, then make the change by what it ends with; None leaves everything as it is.

    Without `change` it only shows something.
    """

    modal: Callable[[Any], ModalScreen[Any]]
    change: Callable[[Any], Change] | None = None
    read: Callable[[Desk], Any] | None = None
    then: Callable[[Any], Hashable] | None = None
    short: str = ""


Deed = Ask | Do | Open | Pick

CHANGE, NEW, COPY, SWITCH, RESET = "config.enter", "config.new", "config.copy", "config.switch", "config.reset"
RETIRE, RESTORE, MOVE_UP, MOVE_DOWN = "config.retire", "config.restore", "config.move_up", "config.move_down"
PARTS, TRY, LOG = "config.parts", "config.try", "config.log"
"""The actions of the screen that a section can give a meaning."""


Entry = TypeVar("Entry")


def shown_by(item: Item | None, entries: Iterable[Entry], key: Callable[[Entry], Hashable]) -> Entry | None:
    """The entry that the item stands for; None for the section itself, and for an entry that is gone."""
    return None if item is None else next((each for each in entries if key(each) == item.key), None)


class Section:
    """A section. It keeps nothing: what it needs later is in the contents that it read.

    `right` is what the desk must have granted for the section to be shown; None for what is the user's own.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    group: ClassVar[str]
    about: ClassVar[str]
    right: ClassVar[str | None] = None
    words: ClassVar[tuple[str, ...]] = ()
    found_last: ClassVar[bool] = False  # its items name what is elsewhere, too: they come after all others

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        """What there is; called in a thread, so of the app it may read the preferences and no more."""
        raise NotImplementedError

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        """What can be done with the item under the cursor (None: the section itself), by action."""
        return {}

    def preview(self, app: CasedeskApp, item: Item | None) -> None:
        """The cursor stands on the item now; None: it has left the section. For what is shown as it would be."""
