"""Rules, their log and what they would have done, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casedesk.cli.output import instant

if TYPE_CHECKING:
    from casedesk.desk.values import Attempt, RuleDetails, RuleLine, RuleRunLine


def rule_document(rule: RuleLine) -> dict[str, Any]:
    """A rule as it is stored."""
    keys = ("name", "trigger", "condition", "effects", "active")
    return {key: getattr(rule, key) for key in keys}


def details_document(found: RuleDetails) -> dict[str, Any]:
    """A rule with what it did."""
    return {
        **rule_document(found.rule),
        "position": found.position,
        "words": found.words,
        "mistake": found.mistake or None,
        "tickets_opened": found.tickets_opened,
        "runs": found.runs,
        "failures": found.failures,
        "last_run": instant(found.last_run),
        "changed_by": found.changed_by or None,
        "changed_at": instant(found.changed_at),
    }


def run_document(line: RuleRunLine) -> dict[str, Any]:
    """A line of the log."""
    keys = ("id", "rule", "trigger", "ticket", "outcome", "text", "depth", "after", "act", "taken_back")
    return {"at": instant(line.at), **{key: getattr(line, key) for key in keys}}


def attempt_document(found: Attempt) -> dict[str, Any]:
    """What a rule would have done."""
    keys = ("rule", "trigger", "about", "examined", "runs", "failed", "opened")
    return {
        **{key: getattr(found, key) for key in keys},
        "since": instant(found.since),
        "effects": [{"effect": one.effect, "words": one.words, "count": one.count} for one in found.counts],
        "responses": found.responses,
        "tickets": found.tickets,
        "failures": found.failures,
        "notes": found.notes,
        "stopped": found.stopped,
    }
