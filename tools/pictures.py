"""Copies the pictures that a tour drew to where the documents show them.

Usage: pictures.py TOUR_FOLDER PICTURES_FOLDER. Removes pictures that the tour no longer draws.
"""

import json
import shutil
import sys
from pathlib import Path


def main(tour: Path, target: Path) -> None:
    """Copy every picture that `tour/summary.json` names."""
    summary = json.loads((tour / "summary.json").read_text(encoding="utf-8"))
    pictures = [tour / name for name in summary["pictures"]]  # an absolute name stays itself
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    for picture in pictures:
        shutil.copyfile(picture, target / picture.name)
    print(f"{len(pictures)} pictures in {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
