"""What each figure means, in one place, with its source: screens, exports and the command line all show these words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's id (as in JSON), title and meaning. `unit` is count, seconds, points, percent or mean.

    `better` says where it should go: up, down or nowhere. `of` is what its n counts.
    """

    id: str
    title: str
    unit: str
    text: str
    source: str
    better: str = ""
    of: str = "tickets"


NEW: Final = Definition(
    "new", "New", "count", "Tickets that opened in the period, however they opened.", "M14, behaviour 8.2"
)
CLOSINGS: Final = Definition(
    "closings", "Closings", "count",
    "Every closing in the period; a ticket that was closed twice counts twice. Merging an open one into another is no "
    "closing; what was closed before it was merged stays closed.",
    "behaviour 8.1",
)  # fmt: skip
CLOSED: Final = Definition(
    "closed", "Closed", "count",
    "Tickets with a closing in the period, each counted once, also when it was reopened since. One that was open when "
    "it was merged into another isn't.",
    "A5, M14, behaviour 8.1",
)  # fmt: skip
REOPENED: Final = Definition(
    "reopened", "Reopened", "count", "Every reopening of a closed ticket in the period; n counts tickets.",
    "behaviour 8.1", "down",
)  # fmt: skip
OPEN: Final = Definition(
    "open", "Open", "count",
    "Tickets that were open – new, open or pending – at the end of the period, or now if that is still ahead.",
    "A5, M14", "down",
)  # fmt: skip
AVERAGE_OPEN: Final = Definition(
    "average_open_seconds", "Average open time", "seconds",
    "The mean over the tickets closed in the period of the time from opening to the last closing in the period, "
    "without spans in which the ticket was closed.",
    "A5, M14, behaviour 8.1", "down",
)  # fmt: skip
MEDIAN_OPEN: Final = Definition(
    "median_open_seconds", "Median open time", "seconds",
    "Half of the tickets closed in the period were open for at most this long (the mean of the middle two where their "
    "number is even).",
    "X10", "down",
)  # fmt: skip
P90_OPEN: Final = Definition(
    "p90_open_seconds", "90th percentile", "seconds",
    "Nine of ten tickets closed in the period were open for at most this long (nearest rank).", "X10", "down",
)  # fmt: skip
AGE: Final = Definition(
    "average_age_seconds", "Average age", "seconds",
    "The mean age of the tickets that are open now, from opening until now, without spans in which they were closed.",
    "behaviour 8.1", "down",
)  # fmt: skip
INSIDE: Final = Definition(
    "inside", "Inside", "count",
    "Tickets closed in the period, and closed still, whose resolution target was met: closed at or before it was due.",
    "A4, A6", "up",
)  # fmt: skip
OUTSIDE: Final = Definition(
    "outside", "Outside", "count",
    "Tickets closed in the period, and closed still, that were closed after their resolution was due.", "A6", "down",
)  # fmt: skip
SHARE_INSIDE: Final = Definition(
    "inside_percent", "Inside, %", "percent",
    "Inside of all that were closed in the period with a resolution target, with the 95 % interval of Wilson.",
    "A6, X10; Wilson 1927", "up",
)  # fmt: skip
RUNNING: Final = Definition(
    "running", "Running", "count", "Open tickets with a resolution target that isn't past now.", "A6"
)
OVERDUE: Final = Definition(
    "overdue", "Overdue", "count", "Open tickets whose resolution is past due now.", "A6, behaviour 3.7", "down"
)
FIRST_RESPONSE_INSIDE: Final = Definition(
    "first_response_percent", "First response in time, %", "percent",
    "Of the first responses given in the period to tickets with a target for it, the share given at or before the due "
    "instant, with the 95 % interval of Wilson. What was closed without an answer isn't among them.",
    "A6, behaviour 3.4; Wilson 1927", "up", "first responses",
)  # fmt: skip
NEXT_REPLY_INSIDE: Final = Definition(
    "next_reply_percent", "Next reply in time, %", "percent",
    "Of the next replies given in the period where there is a target for them, the share given at or before the due "
    "instant, with the 95 % interval of Wilson. n counts replies, of which a ticket may have several; it lists the "
    "tickets.",
    "A6, behaviour 3.4; Wilson 1927", "up", "replies",
)  # fmt: skip
BREACHES: Final = Definition(
    "breaches", "Breaches", "count",
    "Recorded breaches of any timer whose due instant lies in the period. They stay when the ticket is reopened or its "
    "policy changes. A ticket may have several; n counts tickets.",
    "behaviour 3.5, 3.7", "down",
)  # fmt: skip
FIRST_RESPONSE_BREACHES: Final = Definition(
    "first_response_breaches", "First response missed", "count",
    "The breaches among them of a first response; n counts tickets.", "behaviour 3.7", "down",
)  # fmt: skip
NEXT_REPLY_BREACHES: Final = Definition(
    "next_reply_breaches", "Next reply missed", "count",
    "The breaches among them of a next reply; n counts tickets.", "behaviour 3.7", "down",
)  # fmt: skip
RESOLUTION_BREACHES: Final = Definition(
    "resolution_breaches", "Resolution missed", "count",
    "The breaches among them of a resolution; n counts tickets.", "behaviour 3.7", "down",
)  # fmt: skip
RESPONSES: Final = Definition(
    "responses", "Responses", "count",
    "Responses answered in the period, with a score or not, with a ticket or not.", "behaviour 8.3", "up", "responses",
)  # fmt: skip
SCORED: Final = Definition(
    "scored", "NPS scores", "count", "Responses answered in the period that have an NPS score: the n of the NPS.",
    "behaviour 8.3", "", "responses",
)  # fmt: skip
PROMOTERS: Final = Definition(
    "promoters", "Promoters", "count", "Responses with an NPS score of 9 or 10.", "behaviour 5.5", "up", "responses"
)
PASSIVES: Final = Definition(
    "passives", "Passives", "count", "Responses with an NPS score of 7 or 8.", "behaviour 5.5", "", "responses"
)
DETRACTORS: Final = Definition(
    "detractors", "Detractors", "count", "Responses with an NPS score of 0 to 6.", "behaviour 5.5", "down", "responses"
)
NPS: Final = Definition(
    "nps", "NPS", "points",
    "The percentage of promoters less that of detractors, from −100 to 100. Its 95 % interval is "
    "100 · (s ± 1.96 · √((p + d − s²) / n)) with the shares p of promoters and d of detractors and s = p − d: the "
    "variance of the trinomial. Where all are in one group, it follows from the Wilson interval of that group's share. "
    "A difference to the period before is called a change when its interval excludes zero.",
    "behaviour 8.3; Rocks, The American Statistician 70 (2016); Zou and Donner 2008", "up", "responses",
)  # fmt: skip
CSAT: Final = Definition(
    "csat", "CSAT", "percent",
    "Of the responses with a CSAT score, the share of 4 and 5 on the scale from 1 to 5, with the 95 % interval of "
    "Wilson.",
    "behaviour 5.5; Wilson 1927, Newcombe 1998", "up", "responses",
)  # fmt: skip
CSAT_MEAN: Final = Definition(
    "csat_mean", "CSAT, mean", "mean",
    "The mean of the CSAT scores, from 1 to 5. Its 95 % interval is the mean ± t · s / √n, as far as the scale goes, "
    "where they aren't all the same.",
    "behaviour 5.5; Student 1908", "up", "responses",
)  # fmt: skip
CES: Final = Definition(
    "ces", "CES", "percent",
    "Of the responses with a CES score, the share of 5 to 7 on the scale from 1 to 7, with the 95 % interval of "
    "Wilson.",
    "behaviour 5.5; Wilson 1927, Newcombe 1998", "up", "responses",
)  # fmt: skip
CES_MEAN: Final = Definition(
    "ces_mean", "CES, mean", "mean",
    "The mean of the CES scores, from 1 to 7. Its 95 % interval is the mean ± t · s / √n, as far as the scale goes, "
    "where they aren't all the same.",
    "behaviour 5.5; Student 1908", "up", "responses",
)  # fmt: skip
RATING_MEAN: Final = Definition(
    "rating_mean", "Rating, mean", "mean",
    "The mean of the ratings, as they were given: ratings of different scales aren't made alike. Its 95 % interval is "
    "the mean ± t · s / √n, where they aren't all the same.",
    "behaviour 5.5; Student 1908", "up", "responses",
)  # fmt: skip
CAUSE_PERCENT: Final = Definition(
    "cause_percent", "Share, %", "percent",
    "Of all tickets closed in the period, the share that have this classification now, with the 95 % interval of "
    "Wilson. A ticket with several counts for each of them, so that the shares may add up to more than 100.",
    "M12; Wilson 1927",
)  # fmt: skip
CLASSIFIED_PERCENT: Final = Definition(
    "classified_percent", "Classified, %", "percent",
    "Of all tickets closed in the period, the share that have any classification now, with the 95 % interval of "
    "Wilson.",
    "M12; Wilson 1927", "up",
)  # fmt: skip
CLOSED_WITHIN: Final = Definition(
    "closed", "Closed", "count",
    "Tickets closed in this part of the period, or of this group, that have the classification now; each counts once "
    "in each part in which it was closed.",
    "M12, behaviour 8.1",
)  # fmt: skip
OPEN_NOW: Final = Definition(
    "open_now", "Open now", "count", "Tickets that are new, open or pending now.", "A5, behaviour 8.1", "down"
)
NOTES: Final = Definition(
    "notes", "Notes", "count",
    "Notes written in the period, without those that were taken back. A ticket may have several; n counts tickets.",
    "M11, behaviour 9.2",
)  # fmt: skip
ACTIONS: Final = Definition(
    "actions", "Actions", "count",
    "Actions of plans taken in the period, each status of an action by itself, without those that were taken back; n "
    "counts tickets.",
    "S10, behaviour 2.1",
)  # fmt: skip
MESSAGES: Final = Definition(
    "messages", "Messages", "count",
    "Messages to customers written in the period by a person; automatic ones aren't among them. n counts tickets.",
    "behaviour 3.4",
)  # fmt: skip

TITLES: Final = {each.id: each.title for each in tuple(globals().values()) if isinstance(each, Definition)}
"""What each figure is called, by its id."""
