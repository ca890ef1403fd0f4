"""Notes that the other agents see (M11): by themselves, or with a hand-over."""

from __future__ import annotations

from casedesk import model
from casedesk.desk.recording import Recorder
from casedesk.domain.errors import InvalidInput, NotPermitted
from casedesk.domain.text import segmented

NOTE_LENGTH = 100_000


def checked_note(body: str) -> str:
    """The note as it may be added. Raises InvalidInput for an empty or endless one."""
    if not body.strip():
        raise InvalidInput("The note is empty.")
    if len(body) > NOTE_LENGTH:
        raise InvalidInput(f"The note has {len(body):,} characters; {NOTE_LENGTH:,} are allowed.")
    return body


def add_note(recorder: Recorder, ticket: model.Ticket, body: str) -> None:
    """Add the note to the ticket, written by the act's user. Raises NotPermitted for an act of nobody's."""
    if recorder.act.user_id is None:
        raise NotPermitted("Only a user may add a note.")
    note = model.Note(
        ticket_id=ticket.id or 0,
        author_id=recorder.act.user_id,
        created_at=recorder.at,
        body=body,
        segmented=segmented(body),
    )
    recorder.add(note, ticket=ticket, kind="note", text=shortened(body))


def shortened(text: str, length: int = 80) -> str:
    """The text in one line of at most `length` characters, for a line of the feed."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
