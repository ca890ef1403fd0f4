"""The acts on views: saving what is shown, and changing, sharing, ordering and deleting them (S5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casedesk.desk.naming import free_name
from casedesk.domain.rights import VIEWS_SHARE
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Field, FieldError, Form, TextField, Values, YesNoField
from casedesk.tui.modals import view_menu

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome, View, ViewColumn

NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class NewView:
    """A view as it is saved; `choose_columns` asks for its columns next."""

    name: str
    allow_actions: bool
    shared: bool
    choose_columns: bool


@dataclass(frozen=True, slots=True)
class Showing:
    """What is saved as a view: what the list shows now."""

    scope: str
    query: str
    campaign: str | None
    columns: tuple[ViewColumn, ...]


def save_act(shown: Showing) -> Act[NewView]:
    """The act that saves what is shown under a name."""

    def form(target: Target) -> Form[NewView]:
        views: Sequence[View] = target.more
        fields: list[Field] = [
            TextField(name="name", label="Name", longest=NAME_LENGTH),
            ChoiceField(
                name="columns",
                label="Columns",
                choices=(Choice(False, "As they are shown"), Choice(True, "Choose them next")),
                initial=False,
            ),
            YesNoField(name="allow", label="Allow actions", initial=False),
        ]
        if VIEWS_SHARE in target.user.rights:
            whose = (Choice(False, "Personal", "only you see it"), Choice(True, "Shared", "everybody sees it"))
            fields.append(ChoiceField(name="shared", label="For whom", choices=whose, initial=False))

        def build(values: Values) -> NewView:
            shared = bool(values.get("shared"))
            _check_free(values["name"], views)
            return NewView(values["name"], bool(values["allow"]), shared, bool(values["columns"]))

        within = f" of {line_of(shown.campaign, 40)}" if shown.campaign else ""
        about = f"{shown.scope.title()}{within}: {line_of(shown.query, 200) or 'all'}\n"
        return Form("Save as a view", fields, "Save the view", build, intro=about)

    def perform(desk: Desk, target: Target, new: NewView, guards: Guards) -> Outcome:
        return desk.views.add(
            new.name, scope=shown.scope, query=shown.query, campaign=shown.campaign, columns=shown.columns,
            allow_actions=new.allow_actions, shared=new.shared,
        )  # fmt: skip

    return _act(perform, form)


def change_act(what: str, view: View, filter_text: str) -> Act[Any]:
    """The act behind one of the menu's changes; `filter_text` is what the filter says now."""
    if what == view_menu.RENAME:
        return _rename(view)
    if what == view_menu.COPY:
        return _copy(view)
    if what == view_menu.DELETE:
        said = "Everybody loses it." if view.shared else "Undo brings it back."
        return _sure(view, "Delete", "Delete it", said, lambda desk: desk.views.delete(view))
    if what == view_menu.SHARE:
        said = "Everybody else loses it." if view.shared else "Everybody sees it then."
        title, sure = ("Make personal", "Make it personal") if view.shared else ("Share", "Share it")
        return _sure(view, title, sure, said, lambda desk: desk.views.share(view, shared=not view.shared))
    if what == view_menu.QUERY:
        return _at_once(lambda desk: desk.views.change(view, query=filter_text))
    if what == view_menu.ACTIONS:
        return _at_once(lambda desk: desk.views.change(view, allow_actions=not view.allow_actions))
    by = -1 if what == view_menu.UP else 1
    return _at_once(lambda desk: desk.views.move(view, _place(desk, view) + by))


def columns_act(view: View, columns: Sequence[ViewColumn]) -> Act[None]:
    """The act that gives the view these columns."""
    return _at_once(lambda desk: desk.views.change(view, columns=columns))


def _place(desk: Desk, view: View) -> int:
    """Its place among those of its kind, from 1 on."""
    return 1 + [each.id for each in desk.views.list() if each.shared == view.shared].index(view.id)


def _rename(view: View) -> Act[str]:
    def form(target: Target) -> Form[str]:
        def build(values: Values) -> str:
            name = str(values["name"])
            _check_free(name, [each for each in target.more if each.id != view.id])
            return name

        return Form(_titled("Rename", view), [_name_field(view.name)], "Rename it", build)

    return _act(lambda desk, target, name, guards: desk.views.change(view, new_name=name), form)


def _copy(view: View) -> Act[str]:
    def form(target: Target) -> Form[str]:
        def build(values: Values) -> str:
            _check_free(values["name"], target.more)
            return str(values["name"])

        taken = {each.name.casefold() for each in target.more}
        name = free_name(view.name, taken) if view.shared else ""
        return Form(_titled("Copy", view), [_name_field(name)], "Copy it", build)

    return _act(lambda desk, target, name, guards: desk.views.copy(view, name), form)


def _sure(view: View, title: str, sure: str, said: str, perform: Callable[[Desk], Outcome]) -> Act[bool]:
    """Asks whether it is meant; only Enter says so, never a letter that was meant for something else."""

    def form(target: Target) -> Form[bool]:
        field = ChoiceField(name="sure", label=sure, choices=(Choice(True, sure),), at_once=False)
        return Form(_titled(title, view), [field], sure, lambda values: bool(values["sure"]), intro=f"{said}\n")

    return _act(lambda desk, target, result, guards: perform(desk), form)


def _at_once(perform: Callable[[Desk], Outcome]) -> Act[None]:
    return _act(lambda desk, target, result, guards: perform(desk), None)


def _act(perform: Callable[..., Outcome], form: Callable[[Target], Form[Any]] | None) -> Act[Any]:
    return Act("views.open", perform, form, read=_read, needs_ticket=False, guarded=False, repeatable=False)


def _name_field(initial: str) -> TextField:
    return TextField(name="name", label="Name", longest=NAME_LENGTH, initial=initial)


def _check_free(name: str, views: Sequence[View]) -> None:
    wanted = " ".join(name.split()).casefold()
    found = next((view for view in views if view.name.casefold() == wanted), None)
    if found is not None:
        whose = "shared view" if found.shared else "view of yours"
        raise FieldError("name", f"There is a {whose} “{line_of(name, 60)}” already.")


def _titled(what: str, view: View) -> str:
    return f"{what} · {line_of(view.name, 60)}"


def _read(desk: Desk, _numbers: tuple[int, ...]) -> list[View]:
    return desk.views.list()
