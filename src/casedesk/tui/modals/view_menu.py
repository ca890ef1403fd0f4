"""The list of views: which to show, and what to do with the one that is shown or with what the list shows (S5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casedesk.domain.rights import VIEWS_OWN, VIEWS_SHARE
from casedesk.tui.forms import Choice, Form
from casedesk.tui.modals.menu import CHANGE, menu_form

if TYPE_CHECKING:
    from casedesk.desk.values import View

NONE: Final = "none"
SAVE: Final = "save"

RENAME: Final = "rename"
QUERY: Final = "query"
COLUMNS: Final = "columns"
ACTIONS: Final = "actions"
SHARE: Final = "share"
COPY: Final = "copy"
UP: Final = "up"
DOWN: Final = "down"
DELETE: Final = "delete"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A view that is to be changed, and what of it."""

    what: str
    view: View


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list of tickets shows: a view, and whether its filter is another than the view's."""

    view: View | None
    filter: str
    saves: bool = True  # whether what is shown can be saved as a view from here

    @property
    def changed(self) -> bool:
        """Whether saving the filter in the view would change it."""
        return self.view is not None and self.filter.strip() != self.view.query


def form(views: Sequence[View], counts: Mapping[int, int], shown: Shown, rights: frozenset[str]) -> Form[Any]:
    """The views to choose from, and what there is to do with them. `counts` may go on filling."""

    first = shown.view if shown.view is not None and shown.view in views else None
    return menu_form(
        "Views",
        "Show or change",
        lambda _values: choices(views, counts, shown, rights),
        [_changeable(view, rights) for view in views],
        lambda view: _changes(view, shown, rights),
        first=first,
    )


def choices(
    views: Sequence[View], counts: Mapping[int, int], shown: Shown, rights: frozenset[str]
) -> tuple[Choice, ...]:
    """The views with what they list now, as far as it is counted, and what else there is to do: making and changing
    them is a right of its own (M13)."""
    listed = [_choice(view, counts.get(view.id)) for view in views]
    if shown.view is not None:
        listed.append(Choice(NONE, "Leave the view", "everything, with the usual columns"))
    if shown.saves and VIEWS_OWN in rights:
        listed.append(Choice(SAVE, "Save as a view", "the present filter and columns"))
    if views and VIEWS_OWN in rights:
        listed.append(Choice(CHANGE, "Change a view", "rename, columns, share, copy, delete"))
    return tuple(listed)


def _choice(view: View, count: int | None) -> Choice:
    parts = [
        f"{count:,}" if count is not None else "",
        "shared" if view.shared else "",
        "responses" if view.scope == "responses" else "",
        view.campaign or "",
        view.query,
    ]
    refusal = f"{view.problems[0]}" if view.broken else None
    return Choice(view, view.name, " · ".join(filter(None, parts)), refusal)


def _changeable(view: View, rights: frozenset[str]) -> Choice:
    """A view to change; a shared one can only be copied without the right to share (M13)."""
    only = "only to copy: more takes the right to share"
    return Choice(view, view.name, only if view.shared and VIEWS_SHARE not in rights else "")


def _changes(view: View | None, shown: Shown, rights: frozenset[str]) -> tuple[Choice, ...]:
    """What can be changed of the view."""
    if view is None:
        return ()
    locked = "it takes the right to share" if view.shared and VIEWS_SHARE not in rights else None
    share = "Make it personal" if view.shared else "Share it"
    offered = [
        Choice(COLUMNS, "Columns", f"now {len(view.columns)}", locked),
        Choice(RENAME, "Rename it", refusal=locked),
    ]
    if shown.view is not None and shown.view.id == view.id and shown.changed:
        offered.append(Choice(QUERY, "Save the filter in it", shown.filter or "everything", locked))
    act = "Don't allow actions from its lines" if view.allow_actions else "Allow actions from its lines"
    return (
        *offered,
        Choice(ACTIONS, act, refusal=locked),
        Choice(SHARE, share, refusal=None if VIEWS_SHARE in rights else "it takes the right to share"),
        Choice(COPY, "Copy it", "as a view of yours"),
        Choice(UP, "Move it up", refusal=locked),
        Choice(DOWN, "Move it down", refusal=locked),
        Choice(DELETE, "Delete it", refusal=locked),
    )
