"""Words typed two seconds ago survive a power cut: the process is killed, not closed."""

import shutil
import subprocess
import sys
from pathlib import Path

from oost_desktop.clock import system_clock
from oost_desktop.services import drafting, unlocking

KEPT_WITHIN_S = 2.1
VICTIM = Path(__file__).parent / "typing_victim.py"


def test_typing_is_kept_two_seconds_later_when_the_power_goes(
    filled_vault: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "caseload"
    shutil.copytree(filled_vault, folder)
    process = subprocess.Popen(
        [sys.executable, str(VICTIM), str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "typed"
    try:
        process.wait(KEPT_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
    process.wait()
    process.stdout.close()

    desk = unlocking.unlock(folder, "kitchen table phrase", system_clock()).desk
    kept = drafting.all_drafts(desk)
    desk.close()
    assert [draft.content["values"]["covered"] for draft in kept] == ["Words before the cut"]
    assert (kept[0].field, kept[0].caret) == ("covered", len("Words before the cut"))
