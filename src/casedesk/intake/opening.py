"""Finding out what a file is: container, encoding, format, header and the mapping that would read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from casedesk.domain.errors import InvalidInput
from casedesk.intake.dates import date_order
from casedesk.intake.delimited import DelimitedTable
from casedesk.intake.encodings import encoding_name, encoding_of, is_guessed
from casedesk.intake.formats import FORMATS, plain
from casedesk.intake.formats.format import Format, Header, no_headings, one_line
from casedesk.intake.json_table import JsonTable, looks_like_json
from casedesk.intake.keys import key_of
from casedesk.intake.mapping import TIME_TARGETS, Mapping
from casedesk.intake.records import Kind, Reject
from casedesk.intake.signatures import HEAD, container_of
from casedesk.intake.source import Source, listed
from casedesk.intake.table import MOST_COLUMNS, Sample, Table, head_of
from casedesk.intake.workbook import WorkbookTable

_ENGLISH_TIMES = frozenset(
    [
        "date",
        "time",
        "timestamp",
        "datetime",
        "submitted",
        "created",
        "recorded",
        "completed",
        "answered",
        "responded",
        "end",
        "start",
        "updated",
        "at",
    ]
)
_TELLING = ("comment", "person.", "account", "external_id", "score:")


def open_source(path: Path, kind: Kind | None, mapping: Mapping | None, now: int, name: str, sheet: str) -> Source:
    """See `casedesk.intake.open_file`."""
    display = name or path.name
    try:
        table = _open_table(path, display, sheet)
    except OSError as error:
        raise InvalidInput(f"{display} can't be read: {error.strerror or error}.") from error
    try:
        return _source_of(table, display, kind, mapping, now)
    except BaseException:
        table.close()
        raise


def _open_table(path: Path, display: str, sheet: str) -> Table:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if container_of(head, display) == "workbook":
        return WorkbookTable(path, display, sheet)
    if sheet:
        raise InvalidInput(f"{display} is no workbook and has no sheets.")
    encoding = encoding_of(path)
    if looks_like_json(head.decode(encoding, "replace")):
        try:
            return JsonTable(path, encoding, display)
        except InvalidInput:
            if Path(display).suffix.lower() not in (".csv", ".tsv", ".txt"):
                raise
    return DelimitedTable(path, encoding, display)


def _source_of(table: Table, display: str, kind: Kind | None, given: Mapping | None, now: int) -> Source:
    sample = _sample_of(table, display, kind)
    known = _format_named(given.format) if given else max(FORMATS, key=lambda known: known.recognise(sample))
    header = _lay_out(table, sample, known, given)
    warnings: list[str] = []
    if table.encoding and is_guessed(table.encoding):
        warnings.append(f"The encoding is taken to be {encoding_name(table.encoding)}, since the bytes are no UTF-8.")
    certain = known.name != plain.NAME or given is not None
    if given is None and not header.lines and sample.top:
        warnings.append("The first line is data, not headings, so the columns are called by their places.")
    if given is None:
        mapping = known.mapping(sample)
        if kind is not None and mapping.kind != kind:
            mapping, certain = plain.propose(sample, kind, known.name), False
        mapping = replace(mapping, header_lines=header.lines)
        mapping = _with_settled_dates(mapping, table, sample, warnings)
        if not certain:
            _check_meaning(mapping, table, sample, warnings)
    elif kind is not None and given.kind != kind:
        raise InvalidInput(f"The mapping reads {given.kind}, not {kind}.")
    else:
        mapping = replace(given, header_lines=header.lines)
    return Source(table, sample, known, mapping, certain=certain, warnings=warnings, now=now)


def _sample_of(table: Table, display: str, kind: Kind | None) -> Sample:
    sample = Sample(table.container, Path(display).stem, display, kind=kind)
    if isinstance(table, JsonTable):
        sample.items, sample.is_whole = table.first_items()
        sample.envelope = table.envelope
        if not sample.items:
            raise InvalidInput(f"{display} is JSON without any records (objects in a list).")
    else:
        sample.top, sample.is_whole = head_of(table.rows())
        if not sample.top:
            raise InvalidInput(f"{display} has no rows.")
    return sample


def _format_named(name: str) -> Format:
    for known in FORMATS:
        if known.name == name:
            return known
    raise InvalidInput(f'There is no format "{name}"; known are {", ".join(known.name for known in FORMATS)}.')


def _lay_out(table: Table, sample: Sample, known: Format, given: Mapping | None) -> Header:
    """Find the sample's headers, labels and rows."""
    if isinstance(table, JsonTable):
        table.lay_out(known.unfold)
        if not table.headers:
            raise InvalidInput(f"{sample.display} is JSON whose records are empty.")
        sample.headers, sample.labels = table.headers, list(table.headers)
        unfolded = map(known.unfold, sample.items)
        sample.rows = [[cells.get(header, "").strip() for header in table.headers] for cells in unfolded]
        return Header(0, sample.headers, sample.labels)
    header = _header_of(sample, known, given)
    width = _used_width(sample, header)
    if width > MOST_COLUMNS:
        raise InvalidInput(f"{sample.display} has {width:,} columns; at most {MOST_COLUMNS:,} can be read.")
    table.width = width
    sample.headers, sample.labels = header.headers[:width], header.labels[:width]
    sample.rows = [[*row[:width], *[""] * (width - len(row))] for row in sample.top[header.lines :]]
    return header


def _header_of(sample: Sample, known: Format, given: Mapping | None) -> Header:
    if given is None or known.name != plain.NAME:
        return known.header(sample)
    if given.header_lines == 0:
        return no_headings(sample)
    if len(sample.top) < given.header_lines:
        raise InvalidInput(f"{sample.display} has fewer lines than the mapping's {given.header_lines} header lines.")
    return one_line(sample, given.header_lines)


def _used_width(sample: Sample, header: Header) -> int:
    """The number of columns without those at the end that have neither a header nor a cell."""
    width = len(header.headers)
    while width > 1 and not any(len(row) >= width and row[width - 1] for row in sample.top):
        width -= 1
    return width


def _with_settled_dates(mapping: Mapping, table: Table, sample: Sample, warnings: list[str]) -> Mapping:
    """Decide whether 1/2/2026 is in January or in February: by the sample, the whole file, or the header's language."""
    places = [place for place, header in enumerate(sample.headers) if mapping.target_of(header) in TIME_TARGETS]
    order, proven = date_order(cell for place in places for cell in sample.cells(place))
    if proven:
        return replace(mapping, dates=order)
    if not sample.is_whole:
        order, proven = date_order(_cells_of(table, places))
    if not proven:
        words = {word for place in places for word in key_of(sample.headers[place]).split("_")}
        order = "month first" if words & _ENGLISH_TIMES else "day first"
        meant = "2 January" if order == "month first" else "1 February"
        warnings.append(f'Dates like "1/2/2026" are read as {meant}: no date in the file proves which it is.')
    return replace(mapping, dates=order)


def _cells_of(table: Table, places: list[int]) -> Iterator[str]:
    for row in table.rows():
        if not isinstance(row, Reject):
            yield from (row[1][place].strip() for place in places if place < len(row[1]))


def _check_meaning(mapping: Mapping, table: Table, sample: Sample, warnings: list[str]) -> None:
    """Warn when nothing of a table is understood; refuse a lone JSON object of which nothing is."""
    if {"promoters", "detractors"} <= set(map(key_of, (column.header for column in mapping.columns))):
        raise InvalidInput(f"{sample.display} holds the totals of a survey, not its responses.")
    if any(column.target.startswith(_TELLING) for column in mapping.columns):
        return
    if isinstance(table, JsonTable) and table.is_single:
        raise InvalidInput(
            f"{sample.display} is JSON, but holds no list of records, and nothing in it looks like a response: "
            f"it has {listed(table.headers)}."
        )
    if not sample.rows:
        warnings.append("The file has a header but no rows.")
    elif mapping.kind == "responses":
        warnings.append("Nothing looks like a score, a comment or a person; every column is kept as an answer.")
