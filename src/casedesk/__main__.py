"""The entry of the `casedesk` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; `--version` answers before anything heavy is imported."""
    if sys.argv[1:] == ["--version"]:
        from casedesk import __version__

        sys.stdout.write(f"casedesk {__version__}\n")
        return
    from casedesk.cli.app import run

    run()


if __name__ == "__main__":
    main()
