"""The JSON of `restore` and `doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casedesk.cli.output import instant

if TYPE_CHECKING:
    from casedesk.desk.values import Check, DeskContents, Examination, Restoration, Restored

Document = dict[str, Any]


def restoration_document(found: Restoration) -> Document:
    """What a restore would do."""
    return {
        "desk": found.path,
        "backup": _contents_document(found.backup),
        "present": None if found.present is None else _contents_document(found.present),
        "fault": found.fault or None,
        "dry_run": True,
    }


def restored_document(done: Restored) -> Document:
    """What a restore did; `kept` is the copy of what was there."""
    return {"desk": done.path, "kept": done.kept, "restored": _contents_document(done.contents)}


def examination_document(examination: Examination) -> Document:
    """What a look over the desk found."""
    return {
        "desk": examination.path,
        "sound": examination.sound,
        "schema": examination.schema,
        "newest_schema": examination.newest_schema,
        "checks": [_check_document(check) for check in examination.checks],
    }


def _check_document(check: Check) -> Document:
    findings = [
        {
            "sentence": finding.sentence,
            "records": list(finding.records),
            "count": finding.count,
            "mendable": finding.mendable,
            "way_out": finding.way_out or None,
        }
        for finding in check.findings
    ]
    return {"name": check.name, "meaning": check.meaning, "result": check.text, "findings": findings}


def _contents_document(held: DeskContents) -> Document:
    return {
        "file": held.path,
        "bytes": held.size,
        "schema": held.schema,
        "name": held.name,
        "tickets": held.tickets,
        "responses": held.responses,
        "contacts": held.contacts,
        "last_act": held.last_act,
        "last_act_by": held.last_by,
        "last_act_at": instant(held.last_at),
    }
