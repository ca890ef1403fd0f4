"""Files as tests write them, and what is read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from casedesk.intake.records import ResponseRecord
from tests.intake.reading import Opened, opened

Open = Callable[..., Opened]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Open]:
    """Write a file, open it and read it: `read(content, name="survey.csv", kind=…, mapping=…)`."""
    with ExitStack() as stack:

        def write_and_open(content: str | bytes, name: str = "survey.csv", **options: object) -> Opened:
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            return opened(path, stack, **options)

        yield write_and_open


@pytest.fixture
def one(read: Open) -> Callable[..., ResponseRecord]:
    """The only response of a file."""

    def only(content: str | bytes, name: str = "event.json", **options: object) -> ResponseRecord:
        (record,) = read(content, name, **options).responses
        return record

    return only
