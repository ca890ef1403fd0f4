"""What follows a new name of something of the desk: rules, policies and views go on meaning it (behaviour 6, S13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from casedesk import model
from casedesk.domain.errors import InvalidInput
from casedesk.domain.query import QueryError, parse, renamed

if TYPE_CHECKING:
    from casedesk.desk.recording import Recorder

Kept = tuple[str, str]
"""Something that keeps a query, by what people call it and by its name."""

_QUERIES: Final = (
    ("rule", "Rule", "condition"), ("policy", "Policy", "query"), ("view", "View", "query"),
    ("dashboard", "Dashboard", "query"),
)  # fmt: skip
"""Where the desk keeps queries: what people call the record, its table, and the table's field."""


def rename_in_queries(recorder: Recorder, field: str, before: str, after: str, *, keep: bool = False) -> list[Kept]:
    """Put the new name into every kept query that names the old one behind `field`; what was changed so.

    With `keep` both names stand there afterwards: for what tickets keep under the name that it had (behaviour 2.4). A
    text that is no query stays as it is. The personal views of others follow, and aren't told of. Raises InvalidInput
    when a query would get too long.
    """
    from sqlmodel import select

    changed = []
    for kind, table, column in _QUERIES:
        for row in recorder.session.exec(select(getattr(model, table))).all():
            text = getattr(row, column)
            after_text = _followed(text, field, before, after, keep, f"{kind} “{row.name}”")
            followed_it = recorder.set(row, column, after_text, kind=kind, texts=(text, after_text))
            if followed_it and getattr(row, "owner_id", None) in (None, recorder.act.user_id):
                changed.append((kind, row.name))
    for widget in recorder.session.exec(select(model.DashboardWidget)).all():
        if text := widget.options.get("query", ""):
            after_text = _followed(text, field, before, after, keep, "widget of a dashboard")
            options = {**widget.options, "query": after_text}
            recorder.set(widget, "options", options, kind="widget", texts=(text, after_text))
    return changed


def _followed(text: str, field: str, before: str, after: str, keep: bool, what: str) -> str:
    try:
        parse(text)
    except QueryError:
        return text
    try:
        return renamed(text, field, before, after, keep=keep)
    except QueryError as error:
        raise InvalidInput(f"The {what} can't take the new name “{after}”. {error.sentence}") from error


def followed(changed: Iterable[Kept]) -> list[str]:
    """What an act says of what it changed along: `rule “Angry” follows`."""
    return [f"{kind} “{name}” follows" for kind, name in dict.fromkeys(changed)]


def renamed_in(before: Sequence[str], after: Sequence[str]) -> tuple[str, str] | None:
    """The name in a list that another one has taken the place of, with that one; None when more than this differs."""
    if len(before) != len(after):
        return None
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    return differing[0] if len(differing) == 1 else None
