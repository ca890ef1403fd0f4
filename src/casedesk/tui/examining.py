"""Looking the desk over from the configuration: every check with what it found, and mending on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from casedesk.domain.errors import CasedeskError
from casedesk.domain.rights import CONFIGURE
from casedesk.tui.forms import Choice, Form, MultiChoiceField
from casedesk.tui.modals.steps import StepsModal
from casedesk.tui.modals.text_page import TextPage
from casedesk.tui.panels.lines import blank, paragraph

if TYPE_CHECKING:
    from casedesk.desk.restoring import Steps
    from casedesk.desk.values import Check, Examination, Finding, Mended
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.look import Line

STOP: Final = "Esc stop; looking changes nothing"
NAME: Final = 16
"""Cells for the name of a check."""

MEND: Final = "m"


def examine(app: CasedeskApp, ended: Callable[[bool], None]) -> None:
    """Run every check and show what it found. `ended` is told once something was mended."""
    desk = app.desk

    def look(steps: Steps) -> Examination:
        return desk.maintenance.examine(preferences=app.preferences, progress=steps)

    def looked(examination: Examination | None, error: CasedeskError | None) -> None:
        if examination is None:
            app.tell(error.sentence if error is not None else "", "warning")
        else:
            _show(app, examination, None, ended)

    app.push_screen(StepsModal("Looking the desk over", look, looked, way_out=STOP))


def _show(app: CasedeskApp, examination: Examination, mended: Mended | None, ended: Callable[[bool], None]) -> None:
    may = app.desk.can(CONFIGURE)
    answers = {MEND: "mends what can be mended"} if examination.mendable and may and not examination.damaged else None

    def write(width: int) -> list[Line]:
        done = mended_lines(mended, width) if mended is not None else []
        return [*done, *examination_lines(examination, width, plain=app.preferences.plain, may_mend=may)]

    def answered(answer: str | None) -> None:
        if answer == MEND:
            _ask_to_mend(app, examination, ended)

    app.push_screen(TextPage("What the checks found", write, answers), answered)


def _ask_to_mend(app: CasedeskApp, examination: Examination, ended: Callable[[bool], None]) -> None:
    """Ask which of it, and mend that after a backup."""
    from casedesk.tui.modals.form_modal import FormModal

    checks = [check for check in examination.checks if check.name in examination.mendable]
    field = MultiChoiceField(
        name="checks",
        label="Mend",
        choices=[Choice(check.name, check.name.capitalize(), _first_mendable(check)) for check in checks],
        ticked=frozenset(examination.mendable),
        required=True,
    )
    form: Form[tuple[str, ...]] = Form(
        "Mend",
        [field],
        "Mend it",
        lambda values: values["checks"].ticked,
        intro=f"A backup is made first, in {app.desk.path.parent}.\n",
    )
    app.push_screen(FormModal(form.title, form), lambda names: _mend(app, names, ended) if names else None)


def _first_mendable(check: Check) -> str:
    return next(finding.sentence for finding in check.findings if finding.mendable)


def _mend(app: CasedeskApp, names: tuple[str, ...], ended: Callable[[bool], None]) -> None:
    desk = app.desk

    def mend(steps: Steps) -> Mended:
        return desk.maintenance.mend(names, preferences=app.preferences, progress=steps)

    def done(mended: Mended | None, error: CasedeskError | None) -> None:
        if mended is None:
            app.tell(error.sentence if error is not None else "", "error")
        else:
            ended(True)
            _show(app, mended.examination, mended, ended)

    app.push_screen(StepsModal("Mending", mend, done, way_out="Esc stop; what is mended stays so"))


def mended_lines(mended: Mended, width: int) -> list[Line]:
    """What was mended, and where the backup is."""
    if mended.backup is None:
        return [*paragraph("There was nothing to mend.", width, "strong"), blank()]
    lines: list[Line] = []
    for sentence in mended.done or ("There was nothing left to mend.",):
        lines += paragraph(f"Mended: {sentence}", width, "good")
    return [*lines, *paragraph(f"The desk from before is in {mended.backup}", width, "muted"), blank()]


def examination_lines(
    examination: Examination, width: int, *, plain: bool = False, may_mend: bool = True
) -> list[Line]:
    """Whether the desk is sound; then each check, with what it found and the way out of it."""
    wrong = [check for check in examination.checks if check.findings]
    if examination.damaged:
        lines = paragraph("The file itself is damaged. A backup is the way back: Backup, above.", width, "bad")
    elif wrong:
        said = "1 check" if len(wrong) == 1 else f"{len(wrong)} checks"
        lines = paragraph(f"{said} of {len(examination.checks)} found something.", width, "warning")
    else:
        lines = paragraph(f"All {len(examination.checks)} checks find the desk sound.", width, "good")
    lines.append(blank())
    for check in (*wrong, *(check for check in examination.checks if not check.findings)):
        lines += _check_lines(check, width, plain, may_mend)
    return lines


def _check_lines(check: Check, width: int, plain: bool, may_mend: bool) -> list[Line]:
    good, bad = ("ok ", "!! ") if plain else ("✓ ", "! ")
    sign, role = (bad, "warning") if check.findings else (good, "good")
    room = NAME + len(sign)
    first, *others = paragraph(check.text, max(10, width - room), "strong" if check.findings else "text")
    lines: list[Line] = [[(sign, role), (f"{check.name:<{NAME}}", "muted"), *first]]
    lines += [[(" " * room, "text"), *line] for line in others]
    for finding in check.findings:
        lines += _finding_lines(finding, width, may_mend)
    return lines


def _finding_lines(finding: Finding, width: int, may_mend: bool) -> list[Line]:
    more = finding.count - len(finding.records)
    listed = ", ".join(map(str, finding.records)) + (f" and {more:,} more" if more > 0 else "")
    records = f" ({listed})" if len(finding.records) > 1 else ""
    lines = paragraph(f"{finding.sentence}{records}", width, indent=4)
    way = finding.way_out
    if finding.mendable:
        way = f"{MEND} mends it." if may_mend else "Whoever may set up the desk can mend it."
    return [*lines, *(paragraph(way, width, "accent", indent=4) if way else [])]
