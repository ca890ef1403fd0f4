"""The log of rules: what ran, failed or was stopped, and what caused it (behaviour 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.desk.feed import undone_acts
from casedesk.desk.instants import moment
from casedesk.desk.values import RuleRunLine

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.store.reader import Reader, Row

_LINES = """
    SELECT x.id, x.at, coalesce(r.name, x.rule_name), x."trigger", x.ticket_id, x.outcome, x.text, x.depth, x.after_id,
           x.act_id
    FROM rule_run x LEFT JOIN rule r ON r.id = x.rule_id WHERE {} ORDER BY x.id DESC LIMIT ?"""


def read_log(
    reader: Reader, *, rule: int | str | None, ticket: int | None, limit: int, before: int | None = None
) -> tuple[RuleRunLine, ...]:
    """The latest runs, newest first: of a rule by its id, or by the name of one that is gone; those before a run."""
    tests, parameters = ["1"], list[object]()
    if rule is not None:
        tests.append("x.rule_id = ?" if isinstance(rule, int) else "x.rule_name = ?")
        parameters.append(rule)
    if before is not None:
        tests.append("x.id < ?")
        parameters.append(before)
    if ticket is not None:
        tests.append("x.ticket_id = ?")
        parameters.append(ticket)
    rows = reader.rows(_LINES.format(" AND ".join(tests)), (*parameters, limit))
    undone = undone_acts(reader, {row[9] for row in rows if row[9] is not None})
    return tuple(_line(row, row[9] in undone) for row in rows)


def _line(row: Row, taken_back: bool) -> RuleRunLine:
    run, at, rule, trigger, ticket, outcome, text, depth, after, act = row
    return RuleRunLine(run, moment(at), rule, trigger, ticket, outcome, text, depth, after, act, taken_back)


def knows_rule(reader: Reader, name: str) -> bool:
    """Whether the log has runs of a rule that had this name."""
    return reader.row("SELECT 1 FROM rule_run WHERE rule_name = ? LIMIT 1", (name,)) is not None


def forget_runs_on(session: Session, number: int) -> None:
    """Let the log go on without the ticket, whose opening is taken back."""
    session.connection().exec_driver_sql("UPDATE rule_run SET ticket_id = NULL WHERE ticket_id = ?", (number,))
