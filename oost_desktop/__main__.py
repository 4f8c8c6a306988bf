"""Entry point: `oost-desktop` and `python -m oost_desktop` are the same program."""

import sys

from oost_desktop.cli import main as run


def main() -> None:
    """Run with this process's arguments, and end the process with the command's exit status."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
