"""The desk's settings: what each is, what it does, and what makes a text its value.

The command line, the configuration screen and the set-up file are made from this list alone: another setting is one
entry more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from casedesk.desk.matching import did_you_mean
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import CONFIGURE, LEVELS

TEXT, SWITCH, CHOICE = "text", "switch", "choice"
"""How a setting is asked for: typed, on or off, or one of a list."""


@dataclass(frozen=True, slots=True)
class DeskSetting:
    """A setting of the desk. `read` makes a value of a text and raises InvalidInput; `about` says what it does."""

    key: str
    label: str
    about: str
    read: Callable[[str], Any]
    default: Any = None  # what holds as long as nobody has set it
    kind: str = TEXT
    words: tuple[str, ...] = ()  # other words under which people look for it
    right: str = CONFIGURE  # that changing it takes
    choices: Callable[[], Mapping[str, str]] | None = None  # value → what it is called, for a CHOICE

    def said(self, value: Any) -> str:
        """A value as people say it."""
        if isinstance(value, bool):
            return "on" if value else "off"
        if self.choices is not None:
            return self.choices().get(str(value), str(value))
        return "" if value is None else str(value)


def desk_name(value: str) -> str:
    """The name as a desk can have it. Raises InvalidInput."""
    name = " ".join(value.split())
    if not name or len(name) > 100 or not name.isprintable():
        raise InvalidInput("A desk's name has 1 to 100 printable characters.")
    return name


def zone_name(value: str) -> str:
    """The IANA name of a time zone. Raises InvalidInput with the nearest names."""
    wanted = value.strip()
    try:
        return ZoneInfo(wanted).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(wanted, available_timezones(), "it is an IANA name such as Europe/Berlin.")
    raise InvalidInput(f"There is no time zone “{value}”; {hint}")


def language_code(value: str) -> str:
    """The ISO 639 code of a language, given by its code or name. Raises InvalidInput with the nearest names."""
    known = {each.casefold(): code for code, name in LANGUAGES.items() for each in (code, name)}
    wanted = value.strip().casefold()
    if wanted in known:
        return known[wanted]
    hint = did_you_mean(value.strip(), LANGUAGES.values(), f"there is {', '.join(LANGUAGES.values())}.")
    raise InvalidInput(f"There is no language “{value.strip()}” to choose; {hint}")


def whole_days(value: str) -> int:
    """A number of whole days. Raises InvalidInput."""
    if not value.strip().isdecimal() or not 0 <= int(value) <= 3660:
        raise InvalidInput(f"“{value}” is not a number of days from 0 to 3,660.")
    return int(value)


def on_or_off(value: str) -> bool:
    """Whether something is on. Raises InvalidInput for another word than on, off, yes, no, true and false."""
    word = value.strip().casefold()
    if word not in {"on", "yes", "true", "off", "no", "false"}:
        raise InvalidInput(f"“{value}” is neither on nor off.")
    return word in {"on", "yes", "true"}


LANGUAGES: Final[dict[str, str]] = {
    "en": "English", "cs": "Czech", "da": "Danish", "de": "German", "es": "Spanish", "fi": "Finnish", "fr": "French",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip

SETTINGS: Final[dict[str, DeskSetting]] = {
    each.key: each
    for each in (
        DeskSetting(
            "name",
            "Name of the desk",
            "Stands at the top of the screen and of reports.",
            desk_name,
            "Case desk",
            words=("title", "company", "general"),
        ),
        DeskSetting(
            "zone",
            "Time zone",
            "Days, dates and times are shown and counted in it, also those of reports. Calendars have zones of their "
            "own.",
            zone_name,
            "UTC",
            words=("timezone", "clock", "time", "general"),
        ),
        DeskSetting(
            "language",
            "Language",
            "Public holidays of calendars are named in it, where they are known in it; in English otherwise.",
            language_code,
            "en",
            CHOICE,
            words=("holidays", "general"),
            choices=lambda: LANGUAGES,
        ),
        DeskSetting(
            "case_management",
            "Case management",
            "While it is on, rules, imports and people open tickets. While it is off nobody and nothing opens one; "
            "responses are kept all the same, and tickets that are there can be worked on.",
            on_or_off,
            True,
            SWITCH,
            words=("tickets", "cases", "closed loop", "general"),
        ),
        DeskSetting(
            "reopen_window_days",
            "Reopen window in days",
            "A customer's message opens a closed ticket again if it comes within so many days; later it opens a new "
            "one. With 0 it always opens a new one.",
            whole_days,
            0,
            words=("close", "reopening", "messages"),
        ),
        DeskSetting(
            "service_levels",
            "Service levels",
            "While they are on, tickets are timed by policies and calendars, and the report on service levels is "
            "there.",
            on_or_off,
            False,
            SWITCH,
            words=("sla", "targets", "due", "overdue", "deadline"),
            right=LEVELS,
        ),
    )
}
"""The settings that people change, by key, in the order in which they are shown (A3, behaviour 1.4 and 3.2)."""
