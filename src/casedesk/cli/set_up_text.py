"""What a set-up file would change, as lines that people read and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from casedesk.cli.output import complain, write, write_json
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.desk.values import SetUpChange, SetUpDifference, SetUpField, SetUpMistake


def write_difference(difference: SetUpDifference) -> None:
    """Write the changes by kind: what each entry becomes, and of changed ones what from → to."""
    for title, changes in groupby(difference.changes, key=lambda change: change.title):
        write(title)
        for change in changes:
            if [field.name for field in change.fields] == ["value"]:
                write(f"  {change.what:<8} {visible_line(_field(change, replace(change.fields[0], name=change.name)))}")
                continue
            if change.name:
                write(f"  {change.what:<8} {visible_line(change.name)}")
            for field in change.fields:
                write(f"{' ' * 11}{visible_line(_field(change, field))}")


def _field(change: SetUpChange, field: SetUpField) -> str:
    name = field.name.replace("_", " ")
    if name.endswith(" removed"):
        return f"{name}: {field.before}"
    if not field.before or change.what == "added":
        return f"{name}: {field.after}" if field.after else f"{name}: none"
    return f"{name}: {field.before} → {field.after or 'none'}"


def difference_document(difference: SetUpDifference, *, act: int | None) -> dict[str, Any]:
    """The difference as JSON; `act` is what undo takes back once it was applied."""
    return {
        "changes": [
            {
                "kind": change.kind,
                "name": change.name or None,
                "what": change.what,
                "fields": [
                    {"name": field.name, "before": field.before or None, "after": field.after or None}
                    for field in change.fields
                ],
            }
            for change in difference.changes
        ],
        "notes": list(difference.notes),
        "applied": act is not None,
        "act": act,
    }


def tell_mistakes(name: str, mistakes: Iterable[SetUpMistake], *, as_json: bool) -> None:
    """Tell every mistake of a file, each in one line."""
    listed = list(mistakes)
    if as_json:
        write_json(
            {"mistakes": [{"place": each.place, "line": each.line, "sentence": each.sentence} for each in listed]}
        )
    for mistake in listed:
        where = ", ".join(filter(None, [name, f"line {mistake.line}" if mistake.line else "", mistake.place]))
        complain(f"{where}: {mistake.sentence}")
