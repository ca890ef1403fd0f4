"""Calendars and policies by which tickets are timed (behaviour 3.1, 3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from casedesk.desk.calendar_reading import compiled
from casedesk.desk.doctor.check import DeskCheck, Subject
from casedesk.desk.policy_checks import check_query
from casedesk.desk.values import Finding, OwnDate
from casedesk.domain.errors import CasedeskError

_DEFAULTS = "SELECT count(*) FROM policy WHERE is_default AND NOT retired"
_POLICIES = """
    SELECT p.id, p.name, p.query, p.is_default, c.name, c.retired, p.warn
    FROM policy p LEFT JOIN calendar c ON c.id = p.calendar_id
    WHERE NOT p.retired ORDER BY p.is_default, p.position, p.id"""


def _calendars(subject: Subject) -> Iterator[Finding]:
    for calendar_id, name, zone, hours, country, region in subject.reader.rows(
        "SELECT id, name, zone, hours, country, region FROM calendar WHERE NOT retired ORDER BY id"
    ):
        try:
            compiled(zone, hours, country, region, _own_dates(subject, calendar_id))
        except (CasedeskError, ValueError) as error:
            yield Finding(
                f"The calendar “{name}”: {error}",
                (calendar_id,),
                way_out=f"`casedesk calendars change “{name}”` gives it hours, zone and dates that can be.",
            )


def _own_dates(subject: Subject, calendar_id: int) -> list[OwnDate]:
    from datetime import date

    rows = subject.reader.rows("SELECT date, name, hours FROM calendar_date WHERE calendar_id = ?", (calendar_id,))
    return [OwnDate(date.fromisoformat(day), name, hours) for day, name, hours in rows]


def _policies(subject: Subject) -> Iterator[Finding]:
    way_out = "Change the policy (`casedesk policies`)."
    if not subject.reader.value(_DEFAULTS):
        yield Finding("There is no default policy, so nothing can be timed.", way_out="A backup from before has one.")
    for policy_id, name, query, is_default, calendar, calendar_retired, warn in subject.reader.rows(_POLICIES):
        if calendar_retired:
            yield Finding(
                f"The policy “{name}” counts by the retired calendar “{calendar}”.", (policy_id,), way_out=way_out
            )
        if warn < 0:
            yield Finding(f"The policy “{name}” warns after the due time.", (policy_id,), way_out=way_out)
        try:
            if not is_default:
                check_query(subject.desk, query)
        except CasedeskError as error:
            yield Finding(f"The policy “{name}”: {error.sentence}", (policy_id,), way_out=way_out)
    for policy_id, name in subject.reader.rows(
        """SELECT DISTINCT p.id, p.name FROM policy_target t JOIN policy p ON p.id = t.policy_id
           WHERE t.seconds <= 0 OR t.kind NOT IN ('first response', 'next reply', 'resolution')"""
    ):
        yield Finding(f"The policy “{name}” has a target that can't be.", (policy_id,), way_out=way_out)


CHECKS = (
    DeskCheck(
        "calendars", "zones, hours and dates of calendars can be counted by", "all can be counted by", _calendars
    ),
    DeskCheck("policies", "queries, calendars and targets of policies", "all can be used", _policies),
)
