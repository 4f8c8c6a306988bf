"""Where things are. The only module that knows of `__file__`, frozen programs and home folders."""

import sys
from pathlib import Path

import platformdirs

APP = "OOST Desktop"


def resource(*parts: str) -> Path:
    """A file under `resources/`: in a checkout, an installed wheel, or the built program."""
    return _resource_root().joinpath(*parts)


def _resource_root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def vault_home() -> Path:
    """The folder in which this person's vaults live unless told otherwise."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False, roaming=False))


KEY_FILE, KEY_FILE_COPY = "keystore.json", "keystore.json.bak"


def holds_vault(folder: Path) -> bool:
    """Whether there is a caseload in a folder, told by its key file alone."""
    return (folder / KEY_FILE).exists() or (folder / KEY_FILE_COPY).exists()


UNTOLD_MARK = "untold"


def holds_untold(vault: Path) -> bool:
    """Whether somebody has told nobody of a concern written there, known without any key."""
    return (vault / UNTOLD_MARK).exists()


def backups_beside(vault: Path) -> Path:
    """Where a vault's own backups lie: beside it, on the same disk."""
    return vault.with_name(f"{vault.name}-backups")


def practice_home() -> Path:
    """The invented service's own folder; may be deleted at any time."""
    return vault_home() / "practice"


def settings_file() -> Path:
    """Settings that are not secret and name nobody: theme, text size, last vault folder."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False, roaming=False)) / "settings.json"
