"""Entry point: `oost-desktop` and `python -m oost_desktop` are the same program."""

import sys

from oost_desktop import cli


def main() -> None:
    """Run with this process's arguments, and end the process with the command's exit status."""
    sys.excepthook = cli.unexpected
    sys.exit(cli.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
