"""Folders that invented services are made in, and the files with their passphrases."""

import random
from collections.abc import Iterable
from pathlib import Path

from oost_desktop.errors import UserError
from oost_desktop.security.words import word_list

WORDS = 5


def empty_folder(folder: Path) -> Path:
    """The folder, made if need be. Raises UserError if something is in it already."""
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise UserError("That folder is not empty.", "Choose an empty one: nothing is overwritten.")
    return folder


def keep_passphrases(
    out: Path, seed: int, names: Iterable[str]
) -> tuple[dict[str, str], dict[str, Path]]:
    """Invented people's passphrases, drawn from the seed, and a file for each."""
    folder = out / "passphrases"
    folder.mkdir(mode=0o700)
    dice = random.Random(f"{seed} passphrases")  # noqa: S311  they guard nobody real
    passphrases = {name: " ".join(dice.sample(word_list(), WORDS)) for name in names}
    files = {name: folder / f"{name}.txt" for name in passphrases}
    for name, path in files.items():
        path.write_text(passphrases[name] + "\n", encoding="utf-8")
    return passphrases, files
