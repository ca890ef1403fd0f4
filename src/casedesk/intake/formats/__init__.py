"""The exports that are known, one module each. Adding one is a new module and a line here.

The first format whose `recognise` is surest wins; `plain` takes whatever is left.
"""

from __future__ import annotations

from casedesk.intake.formats import (
    asknicely,
    bugzilla,
    delighted,
    formbricks,
    google_forms,
    helpscout,
    jira,
    kobo,
    limesurvey,
    plain,
    qualtrics,
    surveymonkey,
    survicate,
    typeform,
    zendesk,
)
from casedesk.intake.formats.format import Format

FORMATS: tuple[Format, ...] = (
    qualtrics.FORMAT,
    surveymonkey.FORMAT,
    typeform.FORMAT,
    delighted.FORMAT,
    google_forms.FORMAT,
    limesurvey.FORMAT,
    kobo.FORMAT,
    asknicely.FORMAT,
    formbricks.FORMAT,
    survicate.FORMAT,
    helpscout.FORMAT,
    zendesk.FORMAT,
    jira.FORMAT,
    bugzilla.FORMAT,
    plain.FORMAT,
)
