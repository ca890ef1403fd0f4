"""What people keep for their work: views, dashboards and macros, their own and the shared ones (S5 to S8, X4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casedesk.desk.values import View
from casedesk.domain.rights import MACROS_OWN, MACROS_SHARE, VIEWS_OWN, VIEWS_SHARE
from casedesk.tui.configuration.section import (
    CHANGE,
    COPY,
    MOVE_DOWN,
    MOVE_UP,
    NEW,
    PARTS,
    RESTORE,
    RETIRE,
    SWITCH,
    Ask,
    Change,
    Contents,
    Deed,
    Do,
    Item,
    LastChanges,
    Pick,
    Section,
    shown_by,
)
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Field, Form, QueryField, TextField, Values, YesNoField
from casedesk.tui.keyboard import key_name
from casedesk.tui.keys import check_macro_key

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from casedesk.desk import Desk
    from casedesk.desk.values import Dashboard, Macro, ViewColumn
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.dashboard_forms import DashboardEntry

LONGEST_NAME: Final = 100


class ViewsHere(NamedTuple):
    """The views, and whether the user may share some."""

    views: Sequence[View]
    may_share: bool


def _desk_itself(desk: Desk) -> Desk:
    """Forms that complete queries need the desk."""
    return desk


class Views(Section):
    """Saved views."""

    id, title, group, right = "views", "Views", "Lists and figures", VIEWS_OWN
    about = "Queries under a name, with columns of their own. A shared one is everybody's."
    words = ("view", "query", "filter", "saved", "columns", "share", "tabs")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        views = desk.views.list()
        items = tuple(
            Item(
                view.id,
                view.name,
                view.query or "everything",
                " ".join((f"{view.scope.title()}; {len(view.columns)} columns.", *view.problems)),
                words=(view.scope, view.campaign or ""),
                heading="Shared" if view.shared else "Your own",
                changed=changes.get(("view", str(view.id))),
                role="warning" if view.problems else "muted",
            )
            for view in views
        )
        note = f"Its columns are chosen in the list: {app.keymap.shown('views.open')}."
        return Contents(items, ViewsHere(views, desk.can(VIEWS_SHARE)), "There is no view yet.", note)

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        here: ViewsHere = contents.more or ViewsHere((), may_share=False)
        found: dict[str, Deed] = {NEW: Ask(lambda desk: _view_form(desk, here, None), _add_view, read=_desk_itself)}
        view = shown_by(item, here.views, lambda each: each.id)
        if view is None:
            return found
        found[COPY] = Do(lambda desk, _progress: desk.views.copy(view))
        if view.shared and not here.may_share:
            return found
        found[CHANGE] = Ask(lambda desk: _view_form(desk, here, view), lambda given: _edit(view, given), _desk_itself)
        found[RETIRE] = Do(lambda desk, _progress: desk.views.delete(view), short="delete")
        found[PARTS] = Pick(
            lambda offered: _columns_modal(view, offered),
            lambda columns: lambda desk, _progress: desk.views.change(view, columns=columns),
            read=lambda desk: desk.views.offered_columns(view.campaign),
            short="columns",
        )
        if here.may_share:
            word = "make personal" if view.shared else "share"
            found[SWITCH] = Do(lambda desk, _progress: desk.views.share(view, shared=not view.shared), view.id, word)
        return found | _view_moves(here.views, view)


def _columns_modal(view: View, offered: Sequence[ViewColumn]) -> ModalScreen[Any]:
    from casedesk.tui.modals.change_columns import ChangeColumns

    return ChangeColumns(view.name, view.columns, offered)


def _view_moves(views: Sequence[View], view: View) -> dict[str, Deed]:
    group = [each.id for each in views if each.shared == view.shared]
    place = group.index(view.id) + 1

    def to(wanted: int) -> Do:
        return Do(lambda desk, _progress: desk.views.move(view, wanted), view.id)

    moves: dict[str, Deed] = {}
    if place > 1:
        moves[MOVE_UP] = to(place - 1)
    if place < len(group):
        moves[MOVE_DOWN] = to(place + 1)
    return moves


def _view_form(desk: Desk, here: ViewsHere, view: View | None) -> Form[dict[str, Any]]:
    scopes = (Choice("tickets", "Tickets"), Choice("responses", "Responses"))
    fields: list[Field] = [
        TextField(name="name", label="Name", longest=LONGEST_NAME, initial=view.name if view else "")
    ]
    if view is None:
        fields.append(ChoiceField(name="scope", label="A list of", choices=scopes, initial="tickets"))
    fields += [
        QueryField(
            name="query",
            label="What matches",
            required=False,
            initial=view.query if view else "",
            placeholder="is:open nps<=6 sort:due",
            complete=desk.complete,
            check=desk.queries.check,
        ),
        YesNoField(name="allow_actions", label="Allow actions", initial=view.allow_actions if view else False),
    ]
    if view is None and here.may_share:
        whose = (Choice(False, "Personal", "only you see it"), Choice(True, "Shared", "everybody sees it"))
        fields.append(ChoiceField(name="shared", label="For whom", choices=whose, initial=False))
    title = line_of(view.name, 60) if view else "New view"
    return Form(title, fields, "Save", dict, known_as={"new_name": "name"})


def _add_view(given: Values) -> Change:
    return lambda desk, _progress: desk.views.add(**given)


def _edit(view: View, given: Values) -> Change:
    values = {("new_name" if name == "name" else name): value for name, value in given.items()}
    return lambda desk, _progress: desk.views.change(view, **values)


class Dashboards(Section):
    """Dashboards; their widgets are put up on the screen of dashboards."""

    id, title, group, right = "dashboards", "Dashboards", "Lists and figures", VIEWS_OWN
    about = "Views, figures and charts side by side, for yourself or shared with people and teams."
    words = ("dashboard", "widget", "chart", "figure", "pin", "home", "share")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        dashboards = desk.dashboards.list(retired=True)
        items = tuple(
            Item(
                each.id,
                each.name,
                "retired" if each.retired else f"{len(each.widgets)} widgets",
                f"Made by {each.owner}; shown for {each.period}."
                + (f" Shared with {', '.join((*each.teams, *each.users))}." if each.teams or each.users else ""),
                words=(*(widget.title for widget in each.widgets), *each.teams, *each.users),
                changed=changes.get(("dashboard", str(each.id))),
                muted=each.retired,
            )
            for each in dashboards
        )
        return Contents(items, dashboards, "There is no dashboard yet.")

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        dashboards: Sequence[Dashboard] = contents.more or ()
        found: dict[str, Deed] = {NEW: Ask(_dashboard_form(None), _make, read=_desk_itself)}
        one = shown_by(item, dashboards, lambda each: each.id)
        if one is None:
            return found
        if one.retired:
            return {**found, RESTORE: Do(lambda desk, _progress: desk.dashboards.restore(one), one.id)}
        found[COPY] = Do(lambda desk, _progress: desk.dashboards.copy(one))
        if one.mine:
            found[CHANGE] = Ask(_dashboard_form(one), lambda given: _change_dashboard(one, given), read=_desk_itself)
            found[RETIRE] = Do(lambda desk, _progress: desk.dashboards.retire(one), one.id)
            found[SWITCH] = Do(_pin(one), one.id, "unpin" if one.pinned else "pin")
        return found


def _pin(one: Dashboard) -> Change:
    """Let the dashboard open first, or the list of tickets again."""
    return lambda desk, _progress: desk.dashboards.unpin() if one.pinned else desk.dashboards.pin(one)


def _dashboard_form(one: Dashboard | None) -> Callable[[Desk], Form[Any]]:
    def form(desk: Desk) -> Form[Any]:
        from casedesk.desk.dashboards import USUAL_PERIOD
        from casedesk.tui.dashboard_forms import dashboard_form

        if one is None:
            return dashboard_form(desk, "New dashboard", "Make it", name="", period=USUAL_PERIOD, query="")
        title = line_of(one.name, 60)
        return dashboard_form(desk, title, "Save", name=one.name, period=one.period, query=one.query)

    return form


def _make(given: DashboardEntry) -> Change:
    return lambda desk, _progress: desk.dashboards.make(given.name, period=given.period, query=given.query)


def _change_dashboard(one: Dashboard, given: DashboardEntry) -> Change:
    return lambda desk, _progress: desk.dashboards.change(
        one, new_name=given.name, period=given.period, query=given.query
    )


class MacrosHere(NamedTuple):
    """The macros, whether the user may share some, and what checks a key for one."""

    macros: Sequence[Macro]
    may_share: bool
    check_key: Callable[[str], None]


class Macros(Section):
    """Macros; they are recorded in the list of tickets."""

    id, title, group, right = "macros", "Macros", "Lists and figures", MACROS_OWN
    about = "Acts under a name and on a key, run on a ticket or on all marked ones. A shared one is everybody's."
    words = ("macro", "record", "key", "steps", "share")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        macros, keymap = desk.macros.list(), app.keymap
        items = tuple(
            Item(
                macro.id,
                macro.name,
                ", ".join(macro.words),
                f"Runs by the key {key_name(macro.key)}." if macro.key else "It has no key of its own.",
                words=(macro.key,),
                heading="Shared" if macro.shared else "Your own",
                changed=changes.get(("macro", str(macro.id))),
                role="muted",
            )
            for macro in sorted(macros, key=lambda macro: not macro.shared)
        )
        note = f"A new one is recorded in the list of tickets: {keymap.shown('macros.open')}."
        here = MacrosHere(macros, desk.can(MACROS_SHARE), lambda key: check_macro_key(keymap, key))
        return Contents(items, here, f"There is no macro yet. {note}", note)

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        here: MacrosHere | None = contents.more
        if here is None or item is None:
            return {}
        macro = shown_by(item, here.macros, lambda each: each.id)
        if macro is None or (macro.shared and not here.may_share):
            return {}
        found: dict[str, Deed] = {
            CHANGE: Ask(lambda _read: _macro_form(here, macro), lambda given: _change_macro(macro, given)),
            RETIRE: Do(lambda desk, _progress: desk.macros.retire(macro)),
            PARTS: Pick(
                lambda _read: _steps_modal(macro),
                lambda steps: lambda desk, _progress: desk.macros.change(macro, steps=steps),
                short="steps",
            ),
        }
        if here.may_share:
            word = "make personal" if macro.shared else "share"
            found[SWITCH] = Do(lambda desk, _progress: desk.macros.change(macro, shared=not macro.shared), short=word)
        return found


def _macro_form(here: MacrosHere, macro: Macro) -> Form[dict[str, Any]]:
    from casedesk.tui.modals.macro_fields import key_field, name_field

    fields = [name_field(macro.name), key_field(here.check_key, here.macros, macro)]
    return Form(line_of(macro.name, 60), fields, "Save", dict, known_as={"new_name": "name"})


def _change_macro(macro: Macro, given: Values) -> Change:
    from casedesk.domain.macros import macro_key

    return lambda desk, _progress: desk.macros.change(macro, new_name=given["name"], key=macro_key(given["key"]))


def _steps_modal(macro: Macro) -> ModalScreen[Any]:
    from casedesk.tui.modals.change_steps import ChangeSteps

    return ChangeSteps(macro)


VIEWS: Final = Views()
DASHBOARDS: Final = Dashboards()
MACROS: Final = Macros()
