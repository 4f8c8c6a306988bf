"""`bundle export | inspect | import`."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from oost_desktop.commands.answer import DONE, FAILED, NEEDS_A_PERSON, Answer
from oost_desktop.commands.desks import open_desk
from oost_desktop.commands.folders import made_folder
from oost_desktop.errors import UserError
from oost_desktop.services import bundles
from oost_desktop.services.bundles import Checked, Result
from oost_desktop.services.desk import Desk

OFFICE = "office"


def export(arguments: Namespace) -> Answer:
    """Write a bundle for the office, or for the laptop of a name or label."""
    made_folder(arguments.out)
    with open_desk(arguments) as desk:
        device = _device(desk, arguments.to)
        made = bundles.make(desk, arguments.out, device)
    said = {"file": str(made.path), "no": made.no, "changes": made.count}
    return Answer(said, f"Bundle {made.no} with {made.count} changes is in {made.path}.")


def _device(desk: Desk, to: str) -> str | None:
    if not desk.at_office:
        if to.casefold() != OFFICE:
            raise UserError("A laptop makes bundles for the office only.", "Say --to office.")
        return None
    wanted = to.casefold()
    found = [
        laptop.device
        for laptop in bundles.laptops(desk)
        if wanted in (laptop.holder.casefold(), laptop.label.casefold(), laptop.device)
    ]
    if not found and wanted == OFFICE:
        raise UserError("This is the office: name a laptop.", "Use its label or its holder.")
    if len(found) != 1:
        which = "several laptops are" if found else "no laptop is"
        raise UserError(f"{which.capitalize()} called “{to}”.", "Use the label on the laptop.")
    return found[0]


def inspect(arguments: Namespace) -> Answer:
    """Say what a bundle would do here; nothing is changed."""
    with open_desk(arguments) as desk:
        checked = bundles.check(desk, arguments.file)
    said = {
        **_said(checked),
        "result": checked.result.value,
        "sender": checked.sender,
        "no": checked.no,
        "files": _files(checked),
    }
    return Answer(said, _words(checked), _status([checked]))


def import_files(arguments: Namespace) -> Answer:
    """Check and apply each file in turn; a refused one changes nothing and stops no other."""
    with open_desk(arguments) as desk:
        results = [_take(desk, path, only_try=arguments.dry_run) for path in arguments.files]
    said: dict[str, Any] = {"bundles": [_said(checked) for checked in results]}
    if arguments.dry_run:
        said["dry_run"] = True
    return Answer(said, "\n".join(map(_words, results)), _status(results))


def _take(desk: Desk, path: Path, *, only_try: bool) -> Checked:
    checked = bundles.check(desk, path)
    if only_try or checked.prepared is None:
        return checked
    return bundles.apply(desk, checked)


def _said(checked: Checked) -> dict[str, Any]:
    totals = checked.totals
    return {
        "file": checked.path.name,
        "result": _result(checked),
        "reason": checked.reason,
        "new": totals.get("new", 0),
        "changed": totals.get("changed", 0),
        "clashes": totals.get("clashing", 0),
        "late": totals.get("late", 0),
    }


def _result(checked: Checked) -> str:
    """applied, known or refused: what was done, or for a trial what would be."""
    return (Result.APPLIED if checked.result is Result.CHECKED else checked.result).value


def _files(checked: Checked) -> list[dict[str, Any]]:
    return [
        {"pupil": line.pupil, "new": line.new, "changed": line.changed, "brings": line.brings}
        for line in checked.lines
    ]


def _words(checked: Checked) -> str:
    if checked.result is Result.REFUSED:
        return f"{checked.path.name}: refused. {checked.reason}"
    totals = checked.totals
    counts = f"{totals['new']} new, {totals['changed']} changed"
    clashes = f", {totals['clashing']} to settle" if totals["clashing"] else ""
    late = f", {totals['late']} late" if totals["late"] else ""
    return f"{checked.title}: {checked.result.value}; {counts}{clashes}{late}."


def _status(results: list[Checked]) -> int:
    refused = [checked.result is Result.REFUSED for checked in results]
    if any(refused) and not any(each.result is Result.APPLIED for each in results):
        return FAILED
    needs = any(refused) or any(checked.needs_a_person for checked in results)
    return NEEDS_A_PERSON if needs else DONE
