"""Policies as JSON has them, and their list on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casedesk.cli.output import write_table
from casedesk.desk.values import PolicyEntry, working_time
from casedesk.domain.sla import KINDS


def policy_document(policy: PolicyEntry) -> dict[str, Any]:
    """A policy with its targets; lengths are working seconds."""
    return {
        "name": policy.name,
        "query": policy.query or None,
        "default": policy.is_default,
        "calendar": policy.calendar,
        "targets": [
            {"kind": target.kind, "priority": target.priority, "seconds": target.seconds} for target in policy.targets
        ],
        "pauses": pauses_in_order(policy),
        "warn_seconds": policy.warn,
        "retired": policy.retired,
    }


def write_policies(policies: Sequence[PolicyEntry]) -> None:
    """Write the list of policies, in the order given."""
    rows = []
    for place, policy in enumerate(policies, 1):
        which = "retired" if policy.retired else "all others" if policy.is_default else policy.query
        rows.append((None if policy.retired else place, policy.name, policy.calendar, targets_said(policy), which))
    write_table(("place", "policy", "calendar", "targets", "tickets"), rows, flexible=4)


def targets_said(policy: PolicyEntry) -> str:
    """The targets in a few words: `resolution 8h (urgent 1h)`."""
    said = []
    for kind in KINDS:
        mine = [target for target in policy.targets if target.kind == kind]
        plain = [target.duration for target in mine if target.priority is None]
        single = ", ".join(f"{target.priority} {target.duration}" for target in mine if target.priority is not None)
        if mine:
            said.append(" ".join([kind, *plain, *([f"({single})"] if single else [])]))
    return ", ".join(said)


def pauses_in_order(policy: PolicyEntry) -> list[str]:
    """The kinds of timers that stand still in pending."""
    return [kind for kind in KINDS if kind in policy.pauses]


def warn_said(policy: PolicyEntry) -> str:
    """How long ahead it warns, in words."""
    return f"{working_time(policy.warn)} ahead" if policy.warn else "never"
