"""Writing a report to a file: asked for by a form, done in a thread, refused in the form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError
from casedesk.tui.report_forms import Export, export_form

if TYPE_CHECKING:
    from casedesk.reports import Report
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.modals.form_modal import FormModal


class Exporting(Widget):
    """Invisible."""

    app: CasedeskApp

    class Written(Message):
        """The file that was written, or why none was."""

        def __init__(self, path: Path | None, error: CasedeskError | None = None) -> None:
            super().__init__()
            self.path = path
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._form: FormModal[Export] | None = None

    def ask(self, report: Report, folder: Path) -> None:
        """Ask for format and path, and write the report as it is shown."""
        from casedesk.tui.modals.form_modal import FormModal

        form = export_form(report, folder)
        self._form = FormModal(form.title, form, attempt=lambda export: self._start(report, export))
        self.app.push_screen(self._form)

    def _start(self, report: Report, export: Export) -> None:
        made_at = self.app.desk.now()

        def work() -> None:
            try:
                self.post_message(self.Written(write_report(report, export, made_at=made_at)))
            except CasedeskError as error:
                self.post_message(self.Written(None, error))

        self.run_worker(work, thread=True, group="export", name="export")

    @on(Written)
    def _say(self, message: Written) -> None:
        if self._form is None:
            return
        if message.error is not None:
            self._form.refuse([("", message.error.sentence)])
            return
        form, self._form = self._form, None
        form.accept()
        self.app.tell(f"Written to {message.path}")


def write_report(report: Report, export: Export, *, made_at: datetime) -> Path:
    """Write the report as it was asked for, and return where. Raises CasedeskError; then no file is changed."""
    from casedesk.reports.export import files

    if export.format == "html":
        return files.write_html(report, export.path, made_at=made_at, replace=export.replace)
    write = {"csv": files.write_csv, "json": files.write_json, "svg": files.write_svg}[export.format]
    return write(report, export.path, replace=export.replace)
