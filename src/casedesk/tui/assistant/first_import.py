"""The first import: what is in the desk already, and the way to the import screen (behaviour 7)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.rights import IMPORT as IMPORT_RIGHT
from casedesk.tui.assistant.step import IMPORT, Drawing, Step, count, intro
from casedesk.tui.drawing import line_of
from casedesk.tui.panels.lines import paragraph
from casedesk.tui.widgets.cursor_pane import Row
from casedesk.tui.widgets.drawn import spread

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import CampaignLine
    from casedesk.tui.screens.assistant import AssistantScreen


@dataclass(frozen=True, slots=True)
class Imported:
    """The campaigns with what they hold, and whether the desk has any contact or ticket."""

    campaigns: tuple[CampaignLine, ...]
    others: bool

    @property
    def any(self) -> bool:
        """Whether there is something to work on."""
        return bool(self.campaigns) or self.others


class FirstImport(Step[Imported]):
    """Opens the import screen, and goes on once something was imported."""

    id, title = "import", "First import"
    right = IMPORT_RIGHT
    words = {IMPORT: "import a file"}

    def read(self, desk: Desk) -> Imported:
        others = bool(desk.contacts.find("", 1)) or bool(desk.tickets.numbers("", 1))
        return Imported(tuple(each for each in desk.campaigns.list() if each.responses), others)

    def rows(self, found: Imported, drawing: Drawing) -> list[Row]:
        width = drawing.width
        about = (
            "Survey answers, contacts or tickets from a file: CSV, Excel or JSON, as your survey tool exports them. "
            "You see how it is read before anything is stored."
        )
        rows = intro(about, width)
        for each in found.campaigns:
            said = f"{count(each.responses, 'response')}, {count(each.tickets, 'ticket')}"
            rows.append(Row(spread([(line_of(each.name), "text")], [(said, "muted")], width - 1), each.name))
        if not found.any:
            rows += [Row(line) for line in paragraph("Nothing is imported yet.", width - 1)]
        elif not found.campaigns:
            rows += [Row(line) for line in paragraph("There are contacts or tickets, and no responses.", width - 1)]
        return rows

    def first(self, found: Imported) -> Hashable | None:
        return found.campaigns[0].name if found.campaigns else None

    def offers(self, action_id: str, found: Imported, part: Hashable | None) -> bool:
        return action_id in self.words and found.any  # before, Enter does it

    def next_word(self, found: Imported) -> str:
        return "go on" if found.any else "import a file"

    async def go_on(self, host: AssistantScreen) -> bool:
        if host.content.any:
            return True
        self._import(host)
        return False

    async def do(self, action_id: str, host: AssistantScreen) -> None:
        self._import(host)

    def _import(self, host: AssistantScreen) -> None:
        from casedesk.tui.screens.import_file import ImportScreen

        screen = ImportScreen()

        def left(_query: str | None) -> None:
            summary = screen.summary
            if summary is not None and not summary.dry_run:
                host.step_done()

        host.app.push_screen(screen, left)
