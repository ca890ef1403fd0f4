"""What is the user's own and holds on every desk: how the program looks, and its keys (X14, page 4 of the design).

It is kept in the user's configuration file, never in the desk, and taken back by the program itself.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casedesk.domain.errors import InvalidInput
from casedesk.settings.schema import BY_NAME, Preference
from casedesk.tui.actions import GROUPS
from casedesk.tui.configuration.section import (
    CHANGE,
    RESET,
    SWITCH,
    Altered,
    Ask,
    Change,
    Contents,
    Deed,
    Do,
    Item,
    LastChanges,
    Section,
)
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Field, FieldError, Form, TextField, Values, YesNoField
from casedesk.tui.keyboard import key_name
from casedesk.tui.keys import Bound, bound_actions, clashes, rebound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casedesk.desk import Desk
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.personal import Changed

GROUP: Final = "Your own"
THEME: Final = "theme"


def _done(app: CasedeskApp, change: Callable[[], Coroutine[Any, Any, Changed]]) -> Changed:
    """Have the app change itself, from a thread; what it raises is raised here."""
    job: Any = change  # Textual's type for a coroutine function doesn't yield its result
    changed: Changed = app.call_from_thread(job)
    return changed


def _altered(app: CasedeskApp, summary: str, changed: Changed) -> Altered:
    """What was changed of the user's own, and its way back. `back` is called in a thread, the app changes itself."""

    def back() -> Altered:
        return _altered(app, summary, _done(app, lambda: app.put_preferences_back(changed)))

    return Altered(summary, back, notes=changed.notes)


def _changing(app: CasedeskApp, summary: str, change: Callable[[], Coroutine[Any, Any, Changed]]) -> Change:
    return lambda _desk, _progress: _altered(app, summary, _done(app, change))


class Appearance(Section):
    """The theme, which is seen while the cursor is on it, and how dense and how plain everything is."""

    id, title, group = "appearance", "Appearance", GROUP
    about = "How the program looks to you. A theme is shown while the cursor is on it; Enter keeps it."
    words = ("theme", "colour", "color", "dark", "light", "contrast", "density", "plain", "screen reader", "look")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        themes, problems = app.themes.all()
        now = app.preferences
        items = [
            Item(
                (THEME, theme.name),
                theme.title,
                "in use" if theme.name == now.theme else "your own" if theme.own else "",
                BY_NAME[THEME].summary,
                words=(theme.name, "dark" if theme.dark else "light"),
                heading="Theme",
                role="good" if theme.name == now.theme else "muted",
            )
            for theme in sorted(themes, key=lambda theme: theme.name != now.theme)
        ]
        for name, heading in (("density", "Look"), ("plain", "Look"), ("desk", "Start"), ("user", "Start")):
            preference, value = BY_NAME[name], getattr(now, name)
            items.append(
                Item(name, preference.title, _said(value), _about(preference, now.overridden.get(name)),
                     _said(preference.default), heading=heading)
            )  # fmt: skip
        return Contents(tuple(items), app, note=" ".join(map(line_of, problems)))

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        app: CasedeskApp | None = contents.more
        if app is None or item is None:
            return {}
        if isinstance(item.key, tuple):
            name = item.key[1]
            return {CHANGE: Do(_set(app, THEME, name), item.key, "use")}
        preference = BY_NAME[str(item.key)]
        value = getattr(app.preferences, preference.name)
        found: dict[str, Deed] = {
            CHANGE: Ask(
                lambda _read: _form(preference, value),
                lambda chosen: _set(app, preference.name, chosen),
            )
        }
        if preference.kind == "yes or no":
            found[SWITCH] = Do(_set(app, preference.name, not value))
        if value != preference.default:
            found[RESET] = Do(_set(app, preference.name, None))
        return found

    def preview(self, app: CasedeskApp, item: Item | None) -> None:
        if item is not None and isinstance(item.key, tuple):
            app.preview_theme(item.key[1])
        else:
            app.end_preview()


def _set(app: CasedeskApp, name: str, value: Any) -> Change:
    summary = f"{name} → {_said(value)}" if value is not None else f"{name} → its default"
    return _changing(app, summary, lambda: app.change_preference(name, value))


def _said(value: Any) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value or "")


def _about(preference: Preference, over: str | None) -> str:
    return f"{preference.summary} {over} sets it, and goes over the configuration file." if over else preference.summary


def _form(preference: Preference, value: Any) -> Form[Any]:
    field: Field
    if preference.kind == "yes or no":
        field = YesNoField(name="value", label=preference.title, initial=value)
    elif preference.choices:
        ways = tuple(Choice(each, each) for each in preference.choices)
        field = ChoiceField(name="value", label=preference.title, choices=ways, initial=value)
    else:
        field = TextField(name="value", label=preference.title, initial=value or "", required=False)

    def build(values: Values) -> Any:
        entered = values["value"]
        if entered == "":
            return None
        try:
            return preference.checked(entered)
        except InvalidInput as error:
            raise FieldError("value", error.sentence) from error

    return Form(preference.title, [field], "Save", build, intro=f"{preference.summary}\n")


class KeysHere(NamedTuple):
    """The app, every action with its keys, and the macros by theirs."""

    app: CasedeskApp
    bound: Sequence[Bound]
    macros: Mapping[str, str]


class Keys(Section):
    """The keys of every action."""

    id, title, group = "keys", "Keys", GROUP
    about = "The keys of every action. An action can have several; a key means one thing at a time."
    words = ("key", "shortcut", "keyboard", "binding", "rebind", "press")
    found_last = True

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        bound = bound_actions(app.keymap)
        items = tuple(
            Item(
                each.action.id,
                each.action.title,
                _shown(each.keys) or "no key",
                each.action.summary,
                _shown(each.default) or "no key",
                (each.action.id,),
                heading=each.action.group,
                role="accent" if each.own else "text",
            )
            for each in sorted(bound, key=lambda each: GROUPS.index(each.action.group))
        )
        macros = {macro.key: macro.name for macro in desk.macros.list() if macro.key}
        note = " ".join(map(line_of, app.keymap.problems))
        return Contents(items, KeysHere(app, bound, macros), note=note)

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        here: KeysHere | None = contents.more
        if here is None or item is None:
            return {}
        bound = next(each for each in here.bound if each.action.id == item.key)
        action_id, title = bound.action.id, bound.action.title
        change = Ask(lambda _read: _keys_form(here, bound), lambda given: _rebind(here, given))
        found: dict[str, Deed] = {CHANGE: change}
        if bound.own:
            found[RESET] = Do(
                _changing(
                    here.app,
                    f"keys of “{title}” → {_shown(bound.default) or 'none'}",
                    lambda: here.app.change_keys(action_id, None, macros=here.macros),
                )
            )
        return found


def _shown(keys: Sequence[str]) -> str:
    return " ".join(map(key_name, keys))


class NewKeys(NamedTuple):
    """Keys for an action; with `take`, taken away from other actions."""

    action_id: str
    keys: tuple[str, ...]
    take: bool


def _keys_form(here: KeysHere, bound: Bound) -> Form[NewKeys]:
    """Asks for the keys and says at once what they mean already; then whether they are to be taken from there."""
    action_id = bound.action.id

    def keys_in(text: str) -> tuple[str, ...]:
        from casedesk.tui.keyboard import key_of

        return tuple(map(key_of, text.split()))

    def clashing(text: str) -> list[str]:
        return [each.sentence for each in clashes(here.app.keymap, action_id, keys_in(text), here.macros)]

    def preview(text: str) -> str:
        try:
            return " ".join(clashing(text))
        except InvalidInput as error:
            return error.sentence

    def asked(values: Values) -> bool:
        try:
            return bool(clashing(values.get("keys") or ""))
        except InvalidInput:
            return False

    def build(values: Values) -> NewKeys:
        take = bool(values.get("take"))
        try:
            keys = keys_in(values["keys"])
            rebound(here.app.keymap, action_id, keys, macros=here.macros, take=take)
        except InvalidInput as error:
            raise FieldError("keys", error.sentence) from error
        return NewKeys(action_id, keys, take)

    return Form(
        f"Keys · {bound.action.title}",
        [
            TextField(
                name="keys", label="Keys", required=False, initial=_shown(bound.keys), preview=preview,
                placeholder="x F6 ctrl+e, with spaces between; empty for none",
            ),
            YesNoField(name="take", label="Take them from there", initial=False, when=asked),
        ],
        "Save",
        build,
        intro=f"{bound.action.summary}\n",
    )  # fmt: skip


def _rebind(here: KeysHere, given: NewKeys) -> Change:
    title = next(each.action.title for each in here.bound if each.action.id == given.action_id)
    return _changing(
        here.app,
        f"keys of “{title}” → {_shown(given.keys) or 'none'}",
        lambda: here.app.change_keys(given.action_id, given.keys, macros=here.macros, take=given.take),
    )


APPEARANCE: Final = Appearance()
KEYS: Final = Keys()
