"""The user's own configuration file and themes."""

from __future__ import annotations

from collections.abc import Iterator

from casedesk.desk.doctor.check import DeskCheck, Subject
from casedesk.desk.values import Finding


def _look(subject: Subject) -> Iterator[Finding]:
    preferences = subject.preferences
    if preferences is None:
        return
    for sentence in preferences.problems:
        yield Finding(sentence, way_out="Correct the file; until then it is left out.")
    from casedesk.settings.themes import ThemeShelf

    for sentence in ThemeShelf(preferences.themes_folder).all()[1]:
        yield Finding(sentence, way_out="Correct the theme; until then another one is used.")


CHECKS = (
    DeskCheck(
        "configuration", "your configuration file and your themes", "nothing wrong", _look, of_any_schema=True
    ),
)  # fmt: skip
