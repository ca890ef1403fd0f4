"""The questions of a campaign, as an import meets them."""

from __future__ import annotations

from collections.abc import Sequence

from casedesk.desk.importing.batch import Batch
from casedesk.intake.records import Question, ResponseRecord


class Questions:
    """The questions of the campaign: ids by key, made when a row first answers them."""

    def __init__(self, campaign_id: int, known: dict[str, int], described: Sequence[Question]) -> None:
        self.ids = known
        self._campaign_id = campaign_id
        self._described = {question.key: question for question in described}
        self._place = {question.key: place for place, question in enumerate(described)}
        self._keys = {number: key for key, number in known.items()}
        self._meta = {question.key for question in described if question.kind == "meta"}

    def add(self, batch: Batch, key: str) -> int:
        """Make the question that a row answers and nobody asked before."""
        number = batch.next_id("question")
        about = self._described.get(key)
        batch.insert(
            "question",
            ("id", "campaign_id", "key", "label", "kind", "position"),
            [
                (
                    number,
                    self._campaign_id,
                    key,
                    about.label if about else key,
                    about.kind if about else "text",
                    self._place.get(key, 10_000),
                )
            ],
        )
        self.ids[key] = number
        self._keys[number] = key
        return number

    def key(self, question: int) -> str:
        """The key of a question."""
        return self._keys[question]

    def label(self, key: str) -> str:
        """The wording of a question."""
        about = self._described.get(key)
        return about.label if about else key

    def text(self, record: ResponseRecord) -> str:
        """The wordy answers, for the search index: neither bare numbers nor technical columns."""
        meta = self._meta
        return "\n".join(
            value for key, value in record.answers if key not in meta and not value.replace(".", "", 1).isdecimal()
        )
