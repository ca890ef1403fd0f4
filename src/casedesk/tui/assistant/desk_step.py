"""The desk's name and the zone of its times."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.desk.assistant import DESK
from casedesk.domain.errors import Unchanged
from casedesk.tui.assistant.step import EDIT, Drawing, Step, field, intro
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, Form, SearchField, TextField
from casedesk.tui.screens.first_run import find_zones
from casedesk.tui.widgets.cursor_pane import Row

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.tui.screens.assistant import AssistantScreen

NAME, ZONE = "name", "zone"


@dataclass(frozen=True, slots=True)
class DeskSeen:
    """The desk as it is called, where it is, and its time of day."""

    name: str
    zone: str
    now: str
    path: str


class DeskStep(Step[DeskSeen]):
    """Changes the name or the zone, whichever the cursor stands on."""

    id, title = DESK, "Name and time"
    words = {EDIT: "change"}

    def read(self, desk: Desk) -> DeskSeen:
        zone = desk.zone
        return DeskSeen(desk.name, zone.key, f"{desk.now().astimezone(zone):%a %H:%M}", str(desk.path))

    def rows(self, found: DeskSeen, drawing: Drawing) -> list[Row]:
        width = drawing.width
        return [
            *intro("What stands at the top of the screen, and the zone in which days and hours are counted.", width),
            field(NAME, "Name", line_of(found.name), width),
            field(ZONE, "Time zone", f"{found.zone} · now {found.now}", width),
            field(None, "File", line_of(found.path), width),
        ]

    def first(self, found: DeskSeen) -> Hashable:
        return NAME

    async def do(self, action_id: str, host: AssistantScreen) -> None:
        found: DeskSeen = host.content
        setting = ZONE if host.part == ZONE else NAME
        before = found.zone if setting == ZONE else found.name

        def change(new: str) -> None:
            if new == before:
                raise Unchanged(f"The desk's {setting} is {before} already.")
            host.change(lambda desk: desk.setup.set_setting(setting, new), setting)

        await host.ask(lambda: zone_form(before) if setting == ZONE else _name_form(before), change)


def _name_form(name: str) -> Form[str]:
    return Form(
        title="The desk's name",
        fields=[TextField(name="name", label="Name", initial=name, longest=100)],
        submit="Call it so",
        build=lambda values: " ".join(str(values["name"]).split()),
    )


def zone_form(zone: str) -> Form[str]:
    """Asks for an IANA time zone; a piece of its name or its city finds it."""
    return Form(
        title="Time zone",
        fields=[SearchField(name="zone", label="Time zone", search=find_zones, initial=Choice(zone, zone))],
        submit="Take this zone",
        build=lambda values: str(values["zone"].value),
    )
