"""Tables in text files: delimiters, quotes, line ends, ragged rows and real line numbers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.domain.errors import InvalidInput
from casedesk.intake.delimited import DelimitedTable
from casedesk.intake.encodings import encoding_of
from casedesk.intake.records import Reject
from tests.examples import examples
from tests.intake.conftest import Open

HEADER = "id,nps,comment\n"


def table(path: Path, content: str | bytes) -> DelimitedTable:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return DelimitedTable(path, encoding_of(path), path.name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r3,4", [["a", "b"], ["1", "2"], ["3", "4"]]),
        ("a,b\n1,2\r\n3,4\r5,6", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
        ('a,b\n"x, y",""\n', [["a", "b"], ["x, y", ""]]),
        ('a,b\n"say ""hi""",2\n', [["a", "b"], ['say "hi"', "2"]]),
        ('a,b\n"two\r\nlines",2\n', [["a", "b"], ["two\r\nlines", "2"]]),
        ('a,b\n1,"{""k"": [1, 2]}"\n', [["a", "b"], ["1", '{"k": [1, 2]}']]),
        ('a, b\n1, "x, y"\n', [["a", "b"], ["1", "x, y"]]),
        ("a,b\n\n1,2\n\n", [["a", "b"], ["1", "2"]]),
        ("sep=;\na;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
    ],
)
def test_cells_are_what_the_file_says(file: Path, content: str, rows: list[list[str]]) -> None:
    assert [row[1] for row in table(file, content).rows() if not isinstance(row, Reject)] == rows


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;x\n3,0;4,1;y\n", ";"),
        ("a\tb\tc\n1, 2\tx, y\tz\n", "\t"),
        ("a|b\n1,2,3|x\n4,5,6|y\n", "|"),
        ('"q, one";"q, two"\n"1";"a, b"\n', ";"),
        ("name,colours\nx,red;green\ny,blue;red\n", ","),
        ("Report for May\n\nid;nps;text\n1;2;a\n2;3;b\n", ";"),
    ],
)
def test_the_delimiter_is_found(file: Path, content: str, delimiter: str) -> None:
    assert table(file, content).delimiter == delimiter


def test_a_row_has_the_number_of_its_first_line(file: Path) -> None:
    rows = table(file, 'a,b\n\n"1\n2\n3",x\r\n4,y\n').rows()
    assert [row[0] for row in rows if not isinstance(row, Reject)] == [1, 3, 6]


def test_a_row_with_too_few_cells_is_filled_up_and_told(read: Open) -> None:
    found = read(HEADER + "1,9\n2,8,b\n")
    assert [(record.external_id, record.score, record.comment) for record in found.responses] == [
        ("1", 9, ""),
        ("2", 8, "b"),
    ]
    assert "1 row with fewer cells than the header: the rest is taken as empty." in found.source.warnings


def test_a_row_with_too_many_filled_cells_is_rejected(read: Open) -> None:
    found = read(HEADER + "1,9,a\n2,8,b,c\n3,7,d,,\n")
    assert [record.external_id for record in found.responses] == ["1", "3"]
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(3, "the row has 4 cells, the header 3")]
    assert found.rejects[0].cells == ("2", "8", "b", "c")


def test_rows_without_text_are_left_out(read: Open) -> None:
    assert len(read(HEADER + ",,\n1,9,a\n , ,\n\n").responses) == 1


def test_columns_without_header_and_cells_at_the_end_are_left_out(read: Open) -> None:
    assert read("id,nps,,\n1,9,,\n").source.headers == ["id", "nps"]


def test_repeated_headers_are_kept_apart(read: Open) -> None:
    found = read("nps,Other,Other\n9,x,y\n")
    assert found.source.headers == ["nps", "Other", "Other (2)"]
    assert found.responses[0].answers == (("nps", "9"), ("other", "x"), ("other_2", "y"))


def test_a_title_above_the_table_is_passed_over(read: Open) -> None:
    found = read("Answers of May\n\nid,nps,comment\n1,9,a\n")
    assert [record.line for record in found.responses] == [4]
    assert found.source.mapping.header_lines == 2


def test_a_list_under_one_known_header_is_a_table(read: Open) -> None:
    assert [record.comment for record in read("comment\nfirst of all\nsecond\n", "list").responses] == [
        "first of all",
        "second",
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "Dear Sir,\nI would like to say that\nyou are great, really, the best.\nYours\n",
        "# Heading\n\nSome words about it.\n\n- a list, with commas\n",
        "just one line",
    ],
)
def test_prose_is_no_table(read: Open, prose: str) -> None:
    with pytest.raises(InvalidInput, match=r"letter\.txt is not a table: from line 1 on"):
        read(prose, "letter.txt")


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(read: Open, content: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"survey\.csv is empty\."):
        read(content)


def test_a_header_alone_is_an_empty_table(read: Open) -> None:
    found = read(HEADER)
    assert found.records == found.rejects == []
    assert "The file has a header but no rows." in found.source.warnings


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    from casedesk.intake import open_file

    with pytest.raises(InvalidInput, match=r"gone\.csv can't be read: No such file"):
        open_file(tmp_path / "gone.csv", now=0)


def test_reading_tells_its_position_in_bytes(read: Open) -> None:
    source = read(HEADER + "1,9,a\n" * 50).source
    assert source.position() == source.size == len(HEADER) + 6 * 50


def test_a_source_can_be_read_again(read: Open) -> None:
    found = read(HEADER + "1,9,a\n2,8,b\n")
    assert list(found.source.records()) == found.records


cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufdd0\ufeff"), max_size=20)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_what_a_csv_writer_wrote_comes_back(
    tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str, end: str, encoding: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("first", "second", "third"), *rows])
    found = table(tmp_path / "round.csv", text.getvalue().encode(encoding))
    read_back = [tuple(row[1]) for row in found.rows() if not isinstance(row, Reject)]
    assert read_back == [("first", "second", "third"), *rows]


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t|"))
def test_quotes_only_where_needed_come_back_too(
    tmp_path: Path, rows: list[tuple[str, str, str, str]], delimiter: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([("first", "second", "third", "fourth"), *rows])
    found = table(tmp_path / "round.csv", text.getvalue())
    read_back = [[cell.strip() for cell in row[1]] for row in found.rows() if not isinstance(row, Reject)]
    assert read_back[1:] == [[cell.strip() for cell in row] for row in rows]
    assert found.delimiter == delimiter
