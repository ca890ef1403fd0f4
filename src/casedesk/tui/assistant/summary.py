"""The end: what the desk is now, and the keys to go on with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casedesk.tui.assistant.step import Drawing, Step, count, field, intro
from casedesk.tui.drawing import figure, line_of
from casedesk.tui.panels.lines import blank, heading
from casedesk.tui.widgets.cursor_pane import Row

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import CalendarEntry, SimpleLevels
    from casedesk.tui.screens.assistant import AssistantScreen

WAYS: Final = (
    ("triage.mode", "decides on one ticket after the other"),
    ("ticket.action", "adds an action, and ticket.close closes"),
    ("filter.edit", "finds; views.open saves what was found"),
    ("configuration.open", "changes everything; assistant.open comes back here"),
    ("program.help", "shows every key"),
)
"""Keys to go on with; ids of actions in the words stand for their keys."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the desk is now."""

    name: str
    zone: str
    close_options: tuple[str, ...]
    calendar: CalendarEntry
    levels: SimpleLevels
    responses: int
    tickets: int
    rules: tuple[str, ...]
    users: tuple[str, ...]


class Summary(Step[SetUp]):
    """Enter ends the assistant."""

    id, title = "summary", "Summary"

    def read(self, desk: Desk) -> SetUp:
        levels = desk.policies.simple()
        return SetUp(
            name=desk.name,
            zone=desk.zone.key,
            close_options=tuple(each.name for each in desk.lists.entries("close options", counted=False)),
            calendar=desk.calendars.entry(levels.calendar),
            levels=levels,
            responses=sum(campaign.responses for campaign in desk.campaigns.list()),
            tickets=desk.tickets.count(""),
            rules=tuple(rule.name for rule in desk.rules.list() if rule.active),
            users=tuple(user.login for user in desk.team.users() if user.active),
        )

    def rows(self, found: SetUp, drawing: Drawing) -> list[Row]:
        width = drawing.width
        hours = found.levels.hours
        target = f"{figure(hours)} working hours" if hours is not None else "on"
        place = f" · holidays: {found.calendar.country}" if found.calendar.country else ""
        keys = dict(drawing.keys)
        return [
            *intro("The desk is ready. All of it can be changed later.", width),
            field(None, "Desk", f"{line_of(found.name)} · {found.zone}", width),
            field(None, "Close options", line_of(", ".join(found.close_options)), width),
            field(None, "Hours", line_of(found.calendar.hours.replace(";", "; ")) + place, width),
            field(None, "Service levels", target if found.levels.on else "", width, empty="off"),
            field(None, "Imported", _imported(found), width, empty="nothing yet"),
            field(None, "Rules", line_of(", ".join(found.rules)), width),
            field(None, "People", line_of(", ".join(found.users)), width),
            Row(blank()),
            Row(heading("From here", width - 1)),
            *(_way(action, words, keys) for action, words in WAYS),
        ]

    def next_word(self, found: SetUp) -> str:
        return f"to the {count(found.tickets, 'ticket')}" if found.tickets else "finish"

    async def go_on(self, host: AssistantScreen) -> bool:
        await host.finish()
        return False


def _imported(found: SetUp) -> str:
    if not found.responses and not found.tickets:
        return ""
    return f"{count(found.responses, 'response')} · {count(found.tickets, 'ticket')}"


def _way(action: str, words: str, keys: dict[str, str]) -> Row:
    said = " ".join(keys.get(word, word) for word in words.split(" "))
    return Row([(f"{keys.get(action, ''):>8} ", "accent"), (said, "muted")])
