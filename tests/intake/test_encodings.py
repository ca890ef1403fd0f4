"""Encodings found from the bytes."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from casedesk.intake.encodings import encoding_of
from tests.intake.conftest import Open

TEXT = "id,nps,comment\n1,9,Très bien – élégant\n2,3,naïve façade “x”\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TEXT.encode(), "UTF-8"),
        (b"id,nps,comment\n1,9,plain\n2,3,x\n", "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8 with BOM"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16-LE"),
        (TEXT.encode("utf-16-be"), "UTF-16-BE"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.encode("utf-32-le"), "UTF-32-LE"),
        (TEXT.encode("utf-32-be"), "UTF-32-BE"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_the_encoding_is_found_and_named(read: Open, content: bytes, name: str) -> None:
    found = read(content)
    assert found.source.encoding == name
    assert len(found.responses) == 2


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Bardzo długo czekałem, świetna obsługa ale drogo", "cp1250"),
        ("Очень плохое обслуживание клиентов и долгая доставка", "cp1251"),
        ("配送が遅くて困りました。サポートの対応も悪いです", "cp932"),
        ("Ärger über schlechten Service – größte Enttäuschung, völlig überfordert", "mac_roman"),
        ("größer als süß, mit Straße und Fuß", "cp1252"),
        ("¿Qué tal? ¡Muy mal! Señor, el año pasado costó 20 € más", "cp1252"),
    ],
)
def test_the_encodings_of_old_spreadsheets_are_told_apart(read: Open, words: str, encoding: str) -> None:
    found = read(f'id,nps,comment\n1,9,"{words}"\n'.encode(encoding))
    assert [record.comment for record in found.responses] == [words]
    assert found.source.warnings == [
        f"The encoding is taken to be {found.source.encoding}, since the bytes are no UTF-8."
    ]


def test_wrong_bytes_in_a_utf8_file_cost_only_their_row(read: Open) -> None:
    good = "1,9,größer als süß\n" * 5
    found = read(b"id,nps,comment\n" + good.encode() + b"2,3,b\xff\xfed\n3,4,fine\n")
    assert len(found.responses) == 6
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(7, "bytes that are not UTF-8 text")]
    assert found.rejects[0].cells == ("2", "3", "b\ufffd\ufffdd")


def test_zero_bytes_inside_cells_do_not_make_a_file_utf16(tmp_path: Path) -> None:
    path = tmp_path / "zeros.csv"
    path.write_bytes(b"id,comment\n1,a\x00b\x00\x00c and more words of a usual text\n")
    assert encoding_of(path) == "utf-8"
