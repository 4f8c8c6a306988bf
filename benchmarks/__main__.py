"""Runs the benchmarks named, or all; prints each figure beside its floor. Status 1 if one fails."""

import importlib
import sys

from benchmarks.figure import Figure

NAMES = (
    "unlock_screen", "first_page", "saving", "import_bundle", "find_box", "pupil_page",
    "long_list", "progress_report",
)  # fmt: skip
_ROW = "{:<46} {:>10} {:>10} {:>7}  {:<24} {}"


def main(wanted: list[str]) -> int:
    """Run and print; the exit status."""
    print(_ROW.format("what", "ours", "floor", "ratio", "reach", ""))
    held = True
    for name in wanted or NAMES:
        for figure in importlib.import_module(f"benchmarks.{name}").run():
            print(_line(figure), flush=True)
            held = held and figure.ok
    return 0 if held else 1


def _line(figure: Figure) -> str:
    floor = "" if figure.floor is None else f"{figure.floor:.1f} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    ours = f"{figure.ours:.1f} {figure.unit}"
    return _ROW.format(
        figure.what, ours, floor, ratio, figure.reach, "ok" if figure.ok else "NOT REACHED"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
