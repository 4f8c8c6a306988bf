"""Settings of the program on this computer: how it looks and which caseload it opens.

They name nobody and hold no secret, so they lie in a plain file. What the service works by is
in the vault (`services/settings.py`). A file that cannot be read is as good as none.
"""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from oost_desktop.atomic import replace_file

SCHEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 200)


@dataclass(frozen=True, slots=True)
class Settings:
    """`text_percent` is one of `TEXT_SIZES`, `lock_minutes` 1 to 15, `vault` a folder or ""."""

    scheme: str = "system"
    text_percent: int = 100
    lock_minutes: int = 5
    vault: str = ""


def load(path: Path) -> Settings:
    """The settings kept in a file; defaults for what is missing or not of its kind."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    known = {
        field.name: kept[field.name]
        for field in fields(Settings)
        if type(kept.get(field.name)) is type(field.default)
    }
    return _sensible(Settings(**known))


def _sensible(settings: Settings) -> Settings:
    return Settings(
        settings.scheme if settings.scheme in SCHEMES else "system",
        settings.text_percent if settings.text_percent in TEXT_SIZES else 100,
        min(15, max(1, settings.lock_minutes)),
        settings.vault,
    )


def save(path: Path, settings: Settings) -> None:
    """Keep the settings, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, json.dumps(asdict(settings), indent=1).encode("utf-8"))
