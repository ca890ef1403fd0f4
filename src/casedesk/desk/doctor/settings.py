"""The desk's settings: known keys, and values that can be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from casedesk import model
from casedesk.desk.assistant import KEY as BOOKMARK
from casedesk.desk.desk_settings import SETTINGS
from casedesk.desk.doctor.check import DeskCheck, Mending, Subject
from casedesk.desk.doctor.unfinished import MARKS
from casedesk.desk.values import Finding
from casedesk.domain.errors import InvalidInput


def _faults(subject: Subject) -> Iterator[tuple[str, str]]:
    """Each key with something wrong, and what it is."""
    for key, kept in subject.reader.rows("SELECT key, value FROM setting ORDER BY key"):
        if key in MARKS or key == BOOKMARK:
            continue
        if key not in SETTINGS:
            yield key, f"There is no setting “{key}”; it does nothing."
        elif (wrong := _wrong(key, kept)) is not None:
            yield key, f"The setting {key} can't be what it is: {wrong}"


def _wrong(key: str, kept: Any) -> str | None:
    try:
        value = json.loads(kept) if isinstance(kept, str) else kept
    except ValueError:
        return f"“{kept}” can't be read."
    setting = SETTINGS[key]
    text = ("off", "on")[value] if isinstance(value, bool) else str(value)
    try:
        read = setting.read(text)
    except InvalidInput as error:
        return error.sentence
    return None if read == value and type(read) is type(value) else f"“{value}” isn't how it is written."


def _look(subject: Subject) -> Iterator[Finding]:
    for _key, sentence in _faults(subject):
        yield Finding(sentence, mendable=True)


def _mend(mending: Mending) -> str:
    """Take what can't be away: the default holds then."""
    keys = [key for key, _sentence in _faults(mending.subject)]
    with mending.desk.store.bulk() as connection:
        # What isn't JSON becomes a text: nothing else can be done while it can't be read, and the activity keeps it.
        connection.execute("UPDATE setting SET value = json_quote(value) WHERE NOT json_valid(value)")
    with mending.recorded() as recorder:
        for key in keys:
            row = recorder.session.get(model.Setting, key)
            assert row is not None
            recorder.remove(row, kind="setting", text=f"{key}: {row.value}")
            vars(mending.desk).pop(key, None)  # the desk keeps its name and zone once they are read
    return f"{', '.join(keys)} taken away; the default holds"


CHECKS = (
    DeskCheck(
        "settings", "the desk's settings can be what they are", "all have values that they can have", _look, _mend
    ),
)
