"""The desk's settings (A3), from their schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from casedesk.desk.desk_settings import CHOICE, SETTINGS, SWITCH, DeskSetting
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import CONFIGURE
from casedesk.tui.configuration.section import (
    CHANGE,
    RESET,
    SWITCH as TURN,
    Ask,
    Change,
    Contents,
    Deed,
    Do,
    Item,
    LastChanges,
    Section,
)
from casedesk.tui.forms import Choice, ChoiceField, Field, FieldError, Form, TextField, Values

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.tui.app import CasedeskApp


class General(Section):
    """Every setting of the desk with its value."""

    id, title, group, right = "general", "General", "Desk", CONFIGURE
    about = "What holds for the whole desk and for everybody who works at it."
    words = ("settings",)

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        values = desk.setup.settings()
        return Contents(
            tuple(
                Item(
                    key,
                    setting.label,
                    setting.said(values[key]),
                    setting.about,
                    setting.said(setting.default),
                    (key, *setting.words),
                    changed=changes.get(("setting", key)),
                )
                for key, setting in SETTINGS.items()
            ),
            more=values,
        )

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        if item is None:
            return {}
        setting, value = SETTINGS[str(item.key)], contents.more[item.key]
        found: dict[str, Deed] = {
            CHANGE: Ask(lambda _read: _form(setting, value), lambda text: _set(setting.key, text))
        }
        if setting.kind == SWITCH:
            found[TURN] = Do(_set(setting.key, "off" if value else "on"))
        if setting.default is not None and value != setting.default:
            found[RESET] = Do(_set(setting.key, setting.said(setting.default)))
        return found


def _set(key: str, text: str) -> Change:
    return lambda desk, _progress: desk.setup.set_setting(key, text)


def _form(setting: DeskSetting, value: Any) -> Form[str]:
    """Asks for the value; what is wrong with a typed one is said while it is typed."""

    def text_of(values: Values) -> str:
        text = str(values["value"])
        try:
            setting.read(text)
        except InvalidInput as error:
            raise FieldError("value", error.sentence) from error
        return text

    return Form(setting.label, [_field(setting, value)], "Save", text_of, intro=f"{setting.about}\n")


def _field(setting: DeskSetting, value: Any) -> Field:
    if setting.kind == SWITCH:
        states = (Choice("on", "On"), Choice("off", "Off"))
        return ChoiceField(name="value", label="It is", choices=states, initial=setting.said(value))
    if setting.kind == CHOICE and setting.choices is not None:
        ways = tuple(Choice(code, name) for code, name in setting.choices().items())
        return ChoiceField(name="value", label=setting.label, choices=ways, initial=value, at_once=False)

    def meaning(text: str) -> str:
        try:
            setting.read(text)
        except InvalidInput as error:
            return error.sentence if text.strip() else ""
        return ""

    return TextField(name="value", label=setting.label, initial=setting.said(value), preview=meaning)


GENERAL: Final = General()
