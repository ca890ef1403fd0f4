"""Writing reports to files: a file is there whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from casedesk.domain.errors import InvalidInput, StoreUnavailable
from casedesk.domain.written import json_text
from casedesk.reports.export.csv_table import csv_table
from casedesk.reports.export.document import report_document
from casedesk.reports.values import Report


def write_csv(report: Report, path: str | Path, *, replace: bool = False) -> Path:
    """Write its table as CSV (UTF-8) and return where. Raises what `write_file` raises."""
    return write_file(csv_table(report), path, replace=replace)


def write_json(report: Report, path: str | Path, *, replace: bool = False) -> Path:
    """Write it as one JSON document, the one of the command line, and return where. Raises what `write_file` raises."""
    return write_file(f"{json_text(report_document(report))}\n", path, replace=replace)


def write_svg(report: Report, path: str | Path, *, replace: bool = False) -> Path:
    """Write its charts as one SVG and return where. Raises what `write_file` raises."""
    from casedesk.reports.export.svg import report_svg

    return write_file(report_svg(report), path, replace=replace)


def write_html(
    report: Report | Sequence[Report],
    path: str | Path,
    *,
    title: str = "",
    made_at: datetime | None = None,
    replace: bool = False,
) -> Path:
    """Write one or more reports as one page and return where. Raises what `write_file` raises.

    Without a title the page has that of its first report.
    """
    from casedesk.reports.export.html_page import html_page

    reports = [report] if isinstance(report, Report) else report
    named = title or next((one.title for one in reports), "Reports")
    return write_file(html_page(named, reports, made_at=made_at), path, replace=replace)


def write_file(text: str, path: str | Path, *, replace: bool = False) -> Path:
    """Write a text as UTF-8. A file that is there already is left alone unless `replace` says so.

    Raises InvalidInput, and StoreUnavailable when it can't be written; then what was there stays.
    """
    target = Path(path).expanduser().absolute()
    partial = target.with_name(f".{target.name[:100]}.{os.getpid()}.partial")
    try:
        if not target.parent.is_dir():
            raise InvalidInput(f"There is no folder {target.parent}.")
        if target.exists() and not (replace and target.is_file()):
            raise InvalidInput(f"{target} exists already; it is left as it is.")
        partial.write_text(text, encoding="utf-8", newline="")
        partial.replace(target)
    except OSError as error:
        raise StoreUnavailable(f"{target} can't be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return target
