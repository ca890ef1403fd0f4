"""What holds for every format."""

from __future__ import annotations

import subprocess
import sys

import pytest

from casedesk.intake.formats import FORMATS
from casedesk.intake.formats.format import Format
from casedesk.intake.table import Sample


def test_names_are_distinct_and_the_plain_table_comes_last() -> None:
    names = [known.name for known in FORMATS]
    assert len(set(names)) == len(names)
    assert names[-1] == "plain"


@pytest.mark.parametrize("known", FORMATS[:-1], ids=lambda known: known.name)
def test_no_format_claims_a_file_of_another_shape(known: Format) -> None:
    table = Sample("delimited", "t", top=[["a", "b"], ["1", "2"]])
    lone = Sample("delimited", "t", top=[["x"]])
    item = Sample("json", "t", items=[{"a": 1}, {"form_response": None, "event": [], "fields": "x", "data": 3}])
    assert [known.recognise(sample) for sample in (table, lone, item)] == [0, 0, 0]


def test_the_package_loads_nothing_until_a_file_is_opened() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, casedesk.intake; print(*sorted(m for m in sys.modules if 'casedesk' in m))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split() == ["casedesk", "casedesk.intake"]
