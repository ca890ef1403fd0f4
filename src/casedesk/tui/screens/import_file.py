"""Importing a file (behaviour 7): choose it, see how it would be read, try it, run it, see what it did."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.drawing import line_of
from casedesk.tui.import_forms import NewTarget, campaign_form, kind_form, said, save_form, saved_form, target_form
from casedesk.tui.import_work import ImportWork
from casedesk.tui.importing import Proposal
from casedesk.tui.panels.import_result import write_result
from casedesk.tui.widgets.column_pane import ColumnPane
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import Hint, KeyLine
from casedesk.tui.widgets.page import Page
from casedesk.tui.widgets.path_line import PathLine

if TYPE_CHECKING:
    from casedesk.desk.values import ImportSummary
    from casedesk.intake.mapping import Mapping
    from casedesk.intake.records import Kind
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.forms import Form

FILE, COLUMNS, RUNNING, RESULT = "file", "columns", "running", "result"

_KEYS = {
    FILE: (),
    COLUMNS: (
        "import.run",
        "import.try",
        "import.target",
        "import.kind",
        "import.campaign",
        "import.use",
        "import.save",
    ),
    RUNNING: (),
    RESULT: ("import.run", "import.show"),
}
"""What can be asked for in each step, beside going back."""

BAR = 40


class ImportScreen(Screen[str | None]):
    """Four steps on one screen. It ends with the query that finds the new tickets, or None."""

    app: CasedeskApp

    BINDINGS = bindings("import")
    AUTO_FOCUS = ""

    def __init__(self, *, folder: Path | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._began = 0.0
        self._stopping = False
        self.step = FILE
        self.proposal: Proposal | None = None
        self.campaign = ""
        self._kind: Kind | None = None
        self.summary: ImportSummary | None = None
        self._new_tickets = ""
        self.path = PathLine()
        self.columns = ColumnPane(id="import-columns")
        self.result = Page("Result", id="import-result")
        self.keys = KeyLine(id="keys")

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        self.head = HeadLine(desk.name, desk.user.login, desk.user.role, id="head")
        self.head.set_view("Import a file")
        yield self.head
        with Vertical(id="import-file"):
            yield Static("Which file?", id="import-question")
            yield self.path
            yield Static(markup=False, id="import-mistake")
            yield self.path.results
        yield self.columns
        with Vertical(id="import-running"):
            yield Static(markup=False, id="import-progress")
        yield self.result
        yield self.keys
        self.work = ImportWork(desk)
        yield self.work

    def on_mount(self) -> None:
        now = self.app.desk.now().astimezone(self.app.desk.zone)
        self.head.set_time(f"{now:%H:%M}")
        self.turn_to(FILE)
        self.path.start_in(str(self._folder) if self._folder else _present_folder())

    # Steps

    def turn_to(self, step: str) -> None:
        """Show a step and what can be asked for in it."""
        self.step = step
        for each, name in ((FILE, "file"), (COLUMNS, "columns"), (RUNNING, "running"), (RESULT, "result")):
            self.query_one(f"#import-{name}").display = each == step
        focused = {FILE: self.path, COLUMNS: self.columns, RESULT: self.result}.get(step)
        self.set_focus(focused)
        self._show_keys()

    def offers(self, action_id: str) -> bool:
        """Whether the action exists in this step."""
        summary = self.summary
        if self.step == RESULT and action_id == "import.run":
            return summary is not None and summary.dry_run
        if action_id == "import.show":
            return self.step == RESULT and bool(self._new_tickets)
        if action_id == "import.campaign":
            return self.step == COLUMNS and self.proposal is not None and self.proposal.kind == "responses"
        if action_id in _KEYS[self.step] or action_id in ("import.back", "program.help"):
            return True
        return bool({"app", "page"} & set(BY_ID[action_id].where))

    def _show_keys(self) -> None:
        hints = [self._hint(name) for name in _KEYS[self.step] if self.offers(name)]
        if self.step == FILE:
            hints = [Hint("", "Enter", "take it"), Hint("", "Tab", "complete"), Hint("", "↓ ↑", "choose")]
        back = {FILE: "leave", COLUMNS: "another file", RUNNING: "stop", RESULT: "back"}[self.step]
        self.keys.show([*hints, Hint("import.back", self.app.keymap.shown("import.back"), back)])

    def _hint(self, action_id: str) -> Hint:
        return Hint(action_id, self.app.keymap.shown(action_id), BY_ID[action_id].short)

    @on(KeyLine.Clicked)
    async def _key_clicked(self, message: KeyLine.Clicked) -> None:
        if message.action_id:
            await self.run_action(BY_ID[message.action_id].call)

    def action_import_back(self) -> None:
        """One step back; a run is asked to stop."""
        if self.step == FILE:
            self.dismiss(None)
        elif self.step == RUNNING:
            self._stopping = True
            self.work.stop()
            self.query_one("#import-progress", Static).update("Stopping…")
        elif self.step == RESULT and self.summary is not None and not self.summary.dry_run:
            self.dismiss(None)
        else:
            self.turn_to(COLUMNS if self.step == RESULT else FILE)

    def action_program_help(self) -> None:
        from casedesk.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.offers))

    # The file

    @on(PathLine.Changed)
    def _forget_mistake(self) -> None:
        self.query_one("#import-mistake", Static).update("")

    @on(PathLine.Chosen)
    def _open(self, message: PathLine.Chosen) -> None:
        self.campaign, self._kind = "", None
        self.query_one("#import-mistake", Static).update("Reading…")
        self._propose(Path(message.path).expanduser())

    def _propose(self, path: Path, kind: Kind | None = None, mapping: Mapping | None = None) -> None:
        self._kind = kind
        self.work.propose(path, kind, mapping)

    @on(ImportWork.Proposed)
    def _show_proposal(self, message: ImportWork.Proposed) -> None:
        self.proposal = message.proposal
        self.query_one("#import-mistake", Static).update("")
        self.turn_to(COLUMNS)
        self._show_columns()

    def _show_columns(self) -> None:
        assert self.proposal is not None
        campaign = self.campaign or self.proposal.campaign
        self.columns.show(self.proposal, campaign if self.proposal.kind == "responses" else "")
        self._show_keys()

    @on(ImportWork.Refused)
    def _say_refusal(self, message: ImportWork.Refused) -> None:
        if self.step == FILE:
            self.query_one("#import-mistake", Static).update(line_of(message.error.sentence))
            return
        if self.step == RUNNING:
            self.turn_to(COLUMNS)
        self.app.tell(message.error.sentence, "error")

    # The columns

    def _ask(self, form: Form[Any], answered: Callable[[Any], None]) -> None:
        from casedesk.tui.modals.form_modal import FormModal

        self.app.push_screen(FormModal(form.title, form), lambda result: None if result is None else answered(result))

    @on(ColumnPane.Opened)
    def action_import_target(self) -> None:
        if not self.offers("import.target") or self.proposal is None:
            return
        place = self.columns.cursor

        def take(new: NewTarget) -> None:
            assert self.proposal is not None
            self.proposal = self.proposal.with_target(place, new.target, new.scale)
            self._show_columns()
            self.app.tell(said(self.proposal, place))

        self._ask(target_form(self.proposal, place), take)

    def action_import_kind(self) -> None:
        if self.offers("import.kind") and self.proposal is not None:
            path = self.proposal.path
            self._ask(kind_form(self.proposal), lambda kind: self._propose(path, kind))

    def action_import_campaign(self) -> None:
        if not self.offers("import.campaign") or self.proposal is None:
            return

        def name(campaign: str) -> None:
            self.campaign = campaign
            self._show_columns()

        self._ask(campaign_form(self.campaign or self.proposal.campaign), name)

    def action_import_use(self) -> None:
        if self.offers("import.use"):
            self.work.read_mappings(saving=False)

    def action_import_save(self) -> None:
        if self.offers("import.save"):
            self.work.read_mappings(saving=True)

    @on(ImportWork.MappingsRead)
    def _ask_for_mapping(self, message: ImportWork.MappingsRead) -> None:
        proposal, mappings = self.proposal, message.mappings
        assert proposal is not None
        if message.saving:
            self._ask(save_form(proposal, mappings), lambda name: self.work.save_mapping(name, proposal.mapping))
        elif mappings:
            self._ask(saved_form(mappings), lambda name: self._propose(proposal.path, mapping=mappings[name]))
        else:
            self.app.tell(f"No mapping is saved yet; {self.app.keymap.shown('import.save')} saves this one.")

    @on(ImportWork.MappingSaved)
    def _say_saved(self, message: ImportWork.MappingSaved) -> None:
        self.app.tell(f"Saved the mapping “{line_of(message.name, 60)}”.")

    # Running

    def action_import_try(self) -> None:
        if self.offers("import.try"):
            self._run(dry=True)

    def action_import_run(self) -> None:
        if self.offers("import.run"):
            self._run(dry=False)

    def _run(self, *, dry: bool) -> None:
        proposal = self.proposal
        assert proposal is not None
        self._stopping = False
        self._began = self._clock()
        self.turn_to(RUNNING)
        self._show_progress(ImportWork.Progress(0, 1, 0))
        campaign = self.campaign if proposal.kind == "responses" else ""
        self.work.run(proposal, kind=self._kind, campaign=campaign or None, dry=dry)

    @on(ImportWork.Progress)
    def _show_progress(self, message: ImportWork.Progress) -> None:
        if self.step != RUNNING or self._stopping:
            return
        assert self.proposal is not None
        share = min(1.0, message.done / max(1, message.total))
        filled = round(BAR * share)
        seconds = self._clock() - self._began
        rate = f" · {message.rows / seconds:,.0f} rows a second" if seconds > 0 and message.rows else ""
        self.query_one("#import-progress", Static).update(
            f"{line_of(self.proposal.path.name, 60)}\n\n{'━' * filled}{'┄' * (BAR - filled)} {share:4.0%}\n"
            f"{message.rows:,} rows{rate}"
        )

    @on(ImportWork.Ended)
    def _show_result(self, message: ImportWork.Ended) -> None:
        summary = self.summary = message.summary
        self._new_tickets = f"number>{message.highest_before}" if summary.tickets_opened and not summary.dry_run else ""
        done = "Stopped" if "stopped" in summary.notes else "Imported"
        self.result.set_title([("Dry run: nothing was stored" if summary.dry_run else done, "text")])
        self.turn_to(RESULT)
        self.result.write(lambda width: write_result(summary, width))

    def action_import_show(self) -> None:
        if self.offers("import.show"):
            self.dismiss(self._new_tickets)


def _present_folder() -> str:
    try:
        return str(Path.cwd())
    except OSError:
        return str(Path.home())
