"""Folders that invented services are made in, and the files with their passphrases."""

import random
from collections.abc import Iterable
from pathlib import Path

from oost_desktop.errors import UserError
from oost_desktop.security.words import word_list
from oost_desktop.store.engine import our_words

WORDS = 5


def empty_folder(folder: Path) -> Path:
    """The folder, made if need be. Raises UserError if something is in it already."""
    folder = folder.absolute()
    made_folder(folder)
    with our_words():
        is_empty = not any(folder.iterdir())
    if not is_empty:
        raise UserError("That folder is not empty.", "Choose an empty one: nothing is overwritten.")
    return folder


def made_folder(folder: Path) -> None:
    """Make a folder if need be. Raises UserError if that cannot be, or if it is a file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UserError(
            f"“{folder}” is a file or lies below one, not a folder.", "Choose another."
        ) from error
    except OSError as error:
        raise UserError(
            f"The folder “{folder}” cannot be made: {error.strerror}.", "Choose another."
        ) from error


def keep_passphrases(
    out: Path, seed: int, names: Iterable[str]
) -> tuple[dict[str, str], dict[str, Path]]:
    """Invented people's passphrases, drawn from the seed, and a file for each."""
    folder = out / "passphrases"
    with our_words():
        folder.mkdir(mode=0o700)
    dice = random.Random(f"{seed} passphrases")  # noqa: S311  they guard nobody real
    passphrases = {name: " ".join(dice.sample(word_list(), WORDS)) for name in names}
    files = {name: folder / f"{name}.txt" for name in passphrases}
    for name, path in files.items():
        path.write_text(passphrases[name] + "\n", encoding="utf-8")
    return passphrases, files
