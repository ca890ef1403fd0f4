"""What an import did, or would do, as a page of text."""

from __future__ import annotations

from collections.abc import Sequence

from casedesk.desk.values import ImportSummary
from casedesk.tui.drawing import fit
from casedesk.tui.look import Line
from casedesk.tui.panels.lines import blank, heading, paragraph

LABEL = 16


def write_result(summary: ImportSummary, width: int) -> list[Line]:
    """The lines of the result."""
    lines: list[Line] = [_counted(label, count) for label, count in _counts(summary)]
    lines.append(blank())
    for label, text in (("source", summary.source), ("campaign", summary.campaign), ("mapping", summary.mapping)):
        if text:
            lines += _named(label, text, width)
    if summary.rejects_file:
        lines += _named("rejects file", summary.rejects_file, width)
    for note in summary.notes.values():
        lines += paragraph(note, width, "muted")
    lines += _listed("Rejected rows", summary.rejects, summary.rejected, width)
    lines += _listed("Contradictions", summary.contradictions, len(summary.contradictions), width)
    return lines + _listed("What changed", summary.changes, summary.updated, width)


def _counts(summary: ImportSummary) -> list[tuple[str, int]]:
    counts = [
        ("rows", summary.rows),
        ("imported", summary.imported),
        ("updated", summary.updated),
        ("unchanged", summary.unchanged),
        ("rejected", summary.rejected),
        ("contacts made", summary.contacts_created),
        ("tickets opened", summary.tickets_opened),
    ]
    return [(label, count) for label, count in counts if count or label in ("rows", "imported", "rejected")]


def _counted(label: str, count: int) -> Line:
    role = "bad" if label == "rejected" and count else "strong"
    return [(fit(label, LABEL), "muted"), (f"{count:>12,}", role)]


def _named(label: str, text: str, width: int) -> list[Line]:
    first, *others = paragraph(text, max(8, width - LABEL))
    return [[(fit(label, LABEL), "muted"), *first], *[[(" " * LABEL, "text"), *other] for other in others]]


def _listed(title: str, rows: Sequence[tuple[int, str]], count: int, width: int) -> list[Line]:
    """What concerns single lines of the file: the first of them, and how many there are."""
    if not rows:
        return []
    shown = title if count <= len(rows) else f"{title}, the first {len(rows):,} of {count:,}"
    lines: list[Line] = [blank(), heading(shown, width)]
    for line, sentence in rows:
        first, *others = paragraph(sentence, max(8, width - 14))
        lines.append([(fit(f"line {line:,}", 13, right=True) + " ", "muted"), *first])
        lines += [[(" " * 14, "text"), *other] for other in others]
    return lines
