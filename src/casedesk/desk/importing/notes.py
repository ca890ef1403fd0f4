"""What an import's summary says beside its counts, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from casedesk.desk.importing.batch import Tally


def notes_of(
    tally: Tally, *, description: str, derived: bool, cases_off: bool, stopped: bool, warnings: Sequence[str]
) -> dict[str, str]:
    """The notes by name. `cases_off` when responses came in while the desk doesn't manage cases."""
    notes = {"format": description}
    if derived:
        notes["keys"] = (
            "Some rows have no id of their own; a key was derived from what they say."
            if tally.with_own_id
            else "The rows have no id of their own; a key was derived from what they say."
        )
    if tally.repeated:
        notes["repeated"] = _repeated(tally.repeated, tally.repeated_lines)
    if tally.elsewhere:
        rows = (
            "1 row is known from another campaign and stays"
            if tally.elsewhere == 1
            else (f"{tally.elsewhere:,} rows are known from another campaign and stay")
        )
        notes["campaign"] = f"{rows} there."
    if cases_off:
        notes["case management"] = _without_cases(tally.not_opened)
    if stopped:
        notes["stopped"] = "Stopped; importing the file again takes the rest."
    for number, warning in enumerate(warnings, 1):
        notes[f"warning {number}"] = warning
    return notes


def _repeated(count: int, lines: Sequence[int]) -> str:
    if count == 1:
        return f"1 row is followed by a later one of the same record, which counts: line {lines[0]}."
    listed = ", ".join(map(str, lines)) + (" …" if count > len(lines) else "")
    return f"{count:,} rows are followed by later ones of the same records, which count: lines {listed}."


def _without_cases(count: int) -> str:
    """What is said where no tickets open, though rules would have opened so many."""
    said = "Case management is off, so no tickets were opened"
    if not count:
        return f"{said}."
    return f"{said}; rules would have opened {'one' if count == 1 else f'{count:,}'}."
