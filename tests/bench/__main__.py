"""`python -m tests.bench make FILE --tickets N` makes a large desk; `python -m tests.bench run FILE` measures one;
`python -m tests.bench business-time` measures deadlines, which need no desk."""

from __future__ import annotations

import argparse
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="make a desk with many tickets")
    make.add_argument("file", type=Path)
    make.add_argument("--tickets", type=int, default=1_000_000)
    make.add_argument("--seed", type=int, default=1)
    run = commands.add_parser("run", help="measure reading, acting and importing, each beside a reference")
    run.add_argument("file", type=Path, nargs="?", help="a desk made by `make`; without it a small one is made")
    run.add_argument("--check", action="store_true", help="fail when a ratio is far above what it should be")
    commands.add_parser("business-time", help="a million deadlines in business time")
    options = parser.parse_args()
    if options.command == "make":
        from tests.bench.make import make_desk

        make_desk(options.file, options.tickets, options.seed)
    elif options.command == "business-time":
        from tests.bench.business_time import measure_deadlines

        measure_deadlines()
    else:
        from tests.bench.measure import measure

        raise SystemExit(measure(options.file, check=options.check))


main()
