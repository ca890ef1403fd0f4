"""An opened file: what it is, how it would be read, and its records one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import TracebackType

from casedesk.domain.errors import InvalidInput
from casedesk.intake.encodings import encoding_name
from casedesk.intake.formats.format import Format
from casedesk.intake.mapping import KEEP, Column, Mapping
from casedesk.intake.record_maker import questions_of, record_maker
from casedesk.intake.records import Kind, Question, Record, Reject
from casedesk.intake.table import Container, Row, Sample, Table

_DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_CONTAINER_NAMES: dict[Container, str] = {"delimited": "table", "json": "JSON file", "workbook": "workbook"}
_SHOWN_ROWS = 20
_LISTED = 8


class Source:
    """An opened file. Close it, or use it in a `with` statement.

    `format` names the format module; `certain` is False when the columns were guessed. `kind` is what the rows
    become and `mapping` how. `columns` are what the mapping makes of each column, in the file's order; `questions`
    those that the answers belong to. `sample_rows` are the first rows, trimmed. `warnings` may grow while records are
    read. `size` is in bytes. `name` is the file's name without its ending, `survey` the survey's own name where the
    file says one.
    """

    def __init__(
        self,
        table: Table,
        sample: Sample,
        known: Format,
        mapping: Mapping,
        *,
        certain: bool,
        warnings: list[str],
        now: int,
    ) -> None:
        self._table = table
        self._title = known.title
        self._now = now
        self._rows_seen = (
            f"{'' if sample.is_whole else 'more than '}{len(sample.rows):,} row{'' if len(sample.rows) == 1 else 's'}"
        )
        self.name = sample.name
        self.format = known.name
        self.certain = certain
        self.kind: Kind = mapping.kind
        self.mapping = mapping
        self.headers = sample.headers
        self.columns: list[Column] = _columns_of(mapping, sample.headers)
        self.questions: list[Question] = questions_of(mapping, self.columns)
        self.sample_rows = sample.rows[:_SHOWN_ROWS]
        self.survey = _survey_name(self.columns, sample)
        self.encoding = encoding_name(table.encoding) if table.encoding else ""
        self.delimiter = table.delimiter
        self.size = table.size
        self.warnings = [*table.warnings, *warnings]
        self._compare_headers(sample.display)

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def description(self) -> str:
        """What the file is, in one sentence."""
        known = f"{self._title} export" if self.certain else f"Unknown {_CONTAINER_NAMES[self._table.container]}"
        parts = [known]
        lines = self.mapping.header_lines
        if self._table.container != "json":
            parts.append(f"{lines or 'no'} header line{'' if lines == 1 else 's'}")
        if self.delimiter:
            parts.append(_DELIMITER_NAMES[self.delimiter])
        if self.encoding:
            parts.append(self.encoding)
        parts.append(f"{self._rows_seen} seen")
        return ", ".join(parts) + "."

    def position(self) -> int:
        """Bytes read by `records` so far, at most `size`."""
        return self._table.position()

    def close(self) -> None:
        """Give back temporary files."""
        self._table.close()

    def records(self, only: Collection[str] | None = None) -> Iterator[Record | Reject]:
        """Every row as a record or a `Reject`, in the file's order; `only` those with one of these ids of their own.

        Each call starts from the beginning. Rows without any text are left out. A row with fewer cells than the header
        is filled up; one with more filled cells is rejected.
        """
        make = record_maker(self.mapping, self.columns, now=self._now)
        width = len(self.columns)
        short = 0
        for row in self._rows() if only is None else self._rows_with(only):
            if isinstance(row, Reject):
                yield row
                continue
            line, cells = row
            if len(cells) != width:
                if any(map(str.strip, cells[width:])):
                    yield Reject(line, f"the row has {len(cells)} cells, the header {width}", tuple(cells))
                    continue
                short += len(cells) < width and any(map(str.strip, cells))
                cells = [*cells[:width], *[""] * (width - len(cells))]
            record = make(line, cells)
            if record is not None:
                yield record
        if short and only is None:
            self._warn(
                f"{short:,} row{'s' if short > 1 else ''} with fewer cells than the header: the rest is taken as empty."
            )

    def own_ids(self) -> Iterator[str]:
        """The id that each row brings along, read without the rest of the row; none where no column holds ids."""
        for _, own in self._rows_and_ids():
            yield own

    def _rows_with(self, ids: Collection[str]) -> Iterator[Row | Reject]:
        for row, own in self._rows_and_ids():
            if own in ids:
                yield row

    def _rows_and_ids(self) -> Iterator[tuple[Row, str]]:
        place = next((place for place, column in enumerate(self.columns) if column.target == "external_id"), None)
        if place is None:
            return
        for row in self._rows():
            if not isinstance(row, Reject) and place < len(row[1]) and (own := row[1][place].strip()):
                yield row, own

    def _rows(self) -> Iterator[Row | Reject]:
        """The table's rows after its header lines; empty rows above or between those don't count as lines of it."""
        rows = self._table.rows()
        header_lines = self.mapping.header_lines
        while header_lines > 0 and (row := next(rows, None)) is not None:
            if isinstance(row, Reject):
                yield row
            elif any(map(str.strip, row[1])):
                header_lines -= 1
        yield from rows

    def _warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def _compare_headers(self, display: str) -> None:
        """Say which of the mapping's columns the file lacks; refuse a mapping made for another file."""
        known = {column.header for column in self.columns if column.target != KEEP}
        wanted = [column.header for column in self.mapping.columns if column.target != KEEP]
        missing = [header for header in wanted if header not in known]
        if wanted and len(missing) == len(wanted):
            raise InvalidInput(
                f"None of the mapping's columns is in {display}: it has {listed(self.headers)}, "
                f"the mapping {listed(missing)}."
            )
        if missing:
            self._warn(f"The mapping's columns {listed(missing)} are not in the file.")


def listed(names: list[str]) -> str:
    """Names in a sentence, the first few of many."""
    shown = ", ".join(f'"{name[:40]}"' for name in names[:_LISTED])
    return shown + (f" and {len(names) - _LISTED} more" if len(names) > _LISTED else "")


def _columns_of(mapping: Mapping, headers: list[str]) -> list[Column]:
    """What each of the file's columns is; headers are compared without regard to case and runs of blanks."""
    exact = {column.header: column for column in mapping.columns}
    loose = {_loosely(column.header): column for column in mapping.columns}
    columns: list[Column] = []
    for header in headers:
        column = exact.pop(header, None) or loose.get(_loosely(header))
        if column is None:
            columns.append(Column(header))
            continue
        exact.pop(column.header, None)
        loose.pop(_loosely(column.header), None)
        columns.append(column)
    return columns


def _loosely(header: str) -> str:
    return " ".join(header.casefold().split())


def _survey_name(columns: list[Column], sample: Sample) -> str:
    place = next((place for place, column in enumerate(columns) if column.target == "campaign"), None)
    names = set() if place is None else set(sample.cells(place))
    return names.pop() if len(names) == 1 else ""
