"""Rows to records: a mapping is compiled once for a file, so that a row costs little more than its own cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter

from casedesk.intake.cells import BadCell, quoted
from casedesk.intake.choices import ReadChoices, choices_reader
from casedesk.intake.dates import ReadDate, date_reader
from casedesk.intake.keys import UniqueKeys
from casedesk.intake.mapping import KEEP, PERSON_TARGETS, SCALES, TIME_TARGETS, Column, Mapping
from casedesk.intake.people import AS_WRITTEN, ReadPerson, person_reader
from casedesk.intake.records import (
    ContactRecord,
    PersonRecord,
    Question,
    QuestionKind,
    Record,
    Reject,
    ResponseRecord,
    ScoreKind,
    TicketRecord,
)
from casedesk.intake.row_ids import RowIds
from casedesk.intake.scores import ReadScore, score_reader

MakeRecord = Callable[[int, list[str]], "Record | Reject | None"]
"""From a line and its cells, as many as there are columns, to a record; None for a row without any text."""

_UNFINISHED = frozenset(
    [
        "0",
        "false",
        "no",
        "n",
        "nein",
        "non",
        "não",
        "nao",
        "nie",
        "falsch",
        "falso",
        "faux",
        "incomplete",
        "partial",
        "unfinished",
        "in_progress",
        "disqualified",
    ]
)
_LONGEST_TITLE = 80
_NO_CAMPAIGN = "none"


@dataclass(slots=True)
class _Layout:
    """Where everything stands in a row, found once from mapping and headers."""

    places: dict[str, int] = field(default_factory=dict)
    times: dict[str, list[int]] = field(default_factory=dict)
    score: tuple[int, ReadScore, ScoreKind] | None = None
    complete: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    not_meant: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    answers: dict[str, list[tuple[int, Column]]] = field(default_factory=dict)
    variables: list[tuple[str, int]] = field(default_factory=list)
    kept: list[tuple[str, int]] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


def record_maker(mapping: Mapping, columns: list[Column], *, now: int) -> MakeRecord:
    """Compile `mapping` for a file whose columns, in order, are `columns`. `now` is in seconds since 1970."""
    layout = _lay_out(mapping, columns)
    read_date = date_reader(zone=mapping.zone, dates=mapping.dates, now=now, date_format=mapping.date_format)
    people = {target: place for target, place in layout.places.items() if target in PERSON_TARGETS}
    # A contact is nothing without a true address; an answer has more to lose, and keeps the cell as it was written.
    address = columns[people["person.email"]].header if mapping.kind == "contacts" and "person.email" in people else ""
    read_person = person_reader(people, layout.variables, mapping.region, addressed_by=address)
    if mapping.kind == "contacts":
        make = _contact_maker(read_person)
    elif mapping.kind == "tickets":
        make = _ticket_maker(layout, read_date, read_person)
    else:
        make = _response_maker(layout, read_date, read_person, mapping.partial)
    return _guarded(make, frozenset(mapping.blanks))


def questions_of(mapping: Mapping, columns: list[Column]) -> list[Question]:
    """The questions that the answers of this file's responses belong to, in the order of their columns."""
    if mapping.kind != "responses":
        return []
    questions: list[Question] = []
    for key, sources in _lay_out(mapping, columns).answers.items():
        column = sources[0][1]
        several = len(sources) > 1 or column.choice or column.choices
        kind: QuestionKind = column.kind or column.score_kind or ("choices" if several else "text")
        questions.append(Question(key, column.label or column.header, kind))
    return questions


def _lay_out(mapping: Mapping, columns: list[Column]) -> _Layout:
    layout = _Layout(headers=[column.header for column in columns])
    keys = UniqueKeys()
    for column in columns:
        if column.target.startswith("answer:") and column.name not in layout.answers:
            layout.answers[keys.take_as_is(column.name)] = []
    order: list[str] = []
    for place, column in enumerate(columns):
        target = column.target
        kept = target == KEEP
        if target in TIME_TARGETS:
            layout.times.setdefault(target, []).append(place)
        elif column.score_kind:
            layout.score = (place, _score_reader(column, column.score_kind), column.score_kind)
            kept = mapping.kind == "responses"
        elif target.startswith("variable:") or (kept and mapping.kind == "contacts"):
            layout.variables.append((column.name or keys.take(column.header, place + 1), place))
            kept = False
        elif target == "complete":
            unfinished = frozenset(word.casefold() for word, finished in column.labels if finished <= 0)
            layout.complete.append((place, unfinished or _UNFINISHED))
            layout.not_meant.append((place, frozenset(word.casefold() for word, sense in column.labels if sense < 0)))
            kept = column.kind == "meta"
        elif target == "tags":
            layout.tags.append(place)
        elif not kept and target != "ignore" and not target.startswith("answer:"):
            layout.places[target] = place
            kept = target == "comment"
        if mapping.kind == "tickets" and kept:
            layout.kept.append((column.header, place))
        elif kept or target.startswith("answer:"):
            key = column.name if target.startswith("answer:") else keys.take(column.header, place + 1)
            layout.answers.setdefault(key, []).append((place, column))
            order.append(key)
    layout.answers = {key: layout.answers[key] for key in dict.fromkeys(order)}
    return layout


def _score_reader(column: Column, kind: ScoreKind) -> ReadScore:
    scale = column.scale or SCALES.get(kind, (0, 10))
    return score_reader(column.header, scale, whole=kind != "rating", labels=dict(column.labels))


def _guarded(make: MakeRecord, blanks: frozenset[str]) -> MakeRecord:
    """Trim the cells, leave empty rows out, and turn what is wrong with a cell into a `Reject`."""

    def guarded(line: int, cells: list[str]) -> Record | Reject | None:
        cells = [cell.strip() for cell in cells]
        if blanks:
            cells = ["" if cell in blanks else cell for cell in cells]
        try:
            return make(line, cells) if any(cells) else None
        except BadCell as bad:
            return Reject(line, bad.reason, tuple(cells))

    return guarded


def _response_maker(layout: _Layout, read_date: ReadDate, read_person: ReadPerson, partial: bool) -> MakeRecord:
    places, headers = layout.places, layout.headers
    read_id = _id_reader(places.get("external_id"))
    times = layout.times.get("submitted_at", []) + layout.times.get("answered_at", [])
    read_time = _time_reader(times, headers, read_date)
    submitted = layout.times.get("submitted_at", [])
    read_score = _optional_score(layout.score)
    score_kind = layout.score[2] if layout.score else None
    read_answers = _answers_reader(layout.answers)
    comment, language = places.get("comment", -1), places.get("language", -1)
    complete, not_meant, campaign = layout.complete, layout.not_meant, places.get("campaign", -1)

    def make(line: int, cells: list[str]) -> ResponseRecord:
        external_id, derived = read_id(cells)
        answers = read_answers(cells)
        answered_at = read_time(cells)
        score = read_score(cells)
        person = read_person(cells)
        cells.append("")  # what a column that isn't there, at place -1, holds
        finished = not submitted or any(cells[place] for place in submitted)
        for place, unfinished in complete:
            if cells[place].casefold() in unfinished:
                finished = False
        answers += _without_contact(person)
        return ResponseRecord(
            line,
            external_id,
            derived,
            answered_at,
            score,
            score_kind if score is not None else None,
            cells[comment],
            cells[language].lower() or None,
            finished,
            person,
            answers,
            _campaign_in(cells[campaign]) or None,
            partial,
            not any(cells[place].casefold() in words for place, words in not_meant),
        )

    return make


def _without_contact(person: PersonRecord) -> tuple[tuple[str, str], ...]:
    """The bad address or number of somebody of whom no contact can be made; it is kept with the record."""
    if not person.is_empty or not person.variables:
        return ()
    return tuple(variable for variable in person.variables if variable[0].endswith(AS_WRITTEN))


def _campaign_in(cell: str) -> str:
    """The campaign's name without needless blanks. "none" is what queries say for no campaign."""
    name = " ".join(cell.split())
    if name.casefold() == _NO_CAMPAIGN:
        raise BadCell(f"{quoted(name)} stands for no campaign")
    return name


def _contact_maker(read_person: ReadPerson) -> MakeRecord:
    def make(line: int, cells: list[str]) -> ContactRecord:
        person = read_person(cells)
        if person.is_empty and not person.account:
            raise BadCell("the row has no name, e-mail address, phone number or id")
        return ContactRecord(line, person)

    return make


def _ticket_maker(layout: _Layout, read_date: ReadDate, read_person: ReadPerson) -> MakeRecord:
    read_id = _id_reader(layout.places.get("external_id"))
    created, updated, closed = (
        _time_reader(layout.times.get(target, []), layout.headers, read_date)
        for target in ("created_at", "updated_at", "closed_at")
    )
    read_score = _optional_score(layout.score)
    score_kind = layout.score[2] if layout.score else None
    names = ("title", "description", "status", "priority", "topic", "owner", "team", "resolution")
    pick = itemgetter(*(layout.places.get(name, -1) for name in names))
    tags, kept = layout.tags, layout.kept

    def make(line: int, cells: list[str]) -> TicketRecord:
        external_id, derived = read_id(cells)
        score, person = read_score(cells), read_person(cells)
        title, description, status, priority, topic, owner, team, resolution = pick([*cells, ""])
        return TicketRecord(
            line=line,
            external_id=external_id,
            derived_id=derived,
            title=title or description.partition("\n")[0][:_LONGEST_TITLE].strip(),
            description=description,
            status=status or None,
            priority=priority or None,
            topic=topic or None,
            owner=owner or None,
            team=team or None,
            resolution=resolution or None,
            tags=_tags_in([cells[place] for place in tags]),
            created_at=created(cells),
            updated_at=updated(cells),
            closed_at=closed(cells),
            person=person,
            score=score,
            score_kind=score_kind if score is not None else None,
            fields=(*[(header, cells[place]) for header, place in kept if cells[place]], *_without_contact(person)),
        )

    return make


def _tags_in(cells: list[str]) -> tuple[str, ...]:
    tags: dict[str, None] = {}
    for cell in cells:
        parts = cell.split(" | ") if " | " in cell else cell.replace(";", ",").split(",")
        tags.update(dict.fromkeys(tag for tag in map(str.strip, parts) if tag))
    return tuple(tags)


def _id_reader(place: int | None) -> Callable[[list[str]], tuple[str, bool]]:
    """The row's own id, or one derived from its cells where it has none."""
    ids = RowIds()
    if place is None:
        return lambda cells: (ids.id_of(cells), True)
    column = place

    def read(cells: list[str]) -> tuple[str, bool]:
        own = cells[column]
        return (own, False) if own else (ids.id_of(cells), True)

    return read


def _time_reader(places: list[int], headers: list[str], read_date: ReadDate) -> Callable[[list[str]], int | None]:
    """The first of the filled cells at `places` as an instant."""
    columns = [(place, f" in column {quoted(headers[place])}") for place in places]

    def read(cells: list[str]) -> int | None:
        for place, where in columns:
            cell = cells[place]
            if cell:
                try:
                    moment = read_date(cell)
                except BadCell as bad:
                    raise BadCell(bad.reason + where) from None
                if moment is not None:
                    return moment
        return None

    return read


def _optional_score(score: tuple[int, ReadScore, ScoreKind] | None) -> Callable[[list[str]], float | None]:
    if score is None:
        return lambda cells: None
    place, read, _ = score
    return lambda cells: read(cells[place]) if cells[place] else None


def _answers_reader(
    answers: dict[str, list[tuple[int, Column]]],
) -> Callable[[list[str]], tuple[tuple[str, str], ...]]:
    """The answered questions of a row, those of one plain column apart from those of choices."""
    plain: list[tuple[str, int]] = []
    chosen: list[tuple[str, ReadChoices]] = []
    for key, sources in answers.items():
        place, column = sources[0]
        if len(sources) == 1 and not column.choice and not column.choices:
            plain.append((key, place))
        else:
            chosen.append((key, choices_reader(sources)))
    if chosen:
        return lambda cells: (
            *((key, cells[place]) for key, place in plain if cells[place]),
            *((key, answer) for key, read in chosen if (answer := read(cells))),
        )
    if len(plain) < 2:
        return lambda cells: tuple([(key, cells[place]) for key, place in plain if cells[place]])
    keys = [key for key, _ in plain]
    pick = itemgetter(*(place for _, place in plain))
    return lambda cells: tuple([answer for answer in zip(keys, pick(cells), strict=True) if answer[1]])
