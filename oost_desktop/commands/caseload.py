"""`caseload import`: pupils from a spreadsheet, previewed or taken in."""

from argparse import Namespace
from collections.abc import Iterable

from oost_desktop.commands.answer import DONE, FAILED, NEEDS_A_PERSON, Answer
from oost_desktop.commands.desks import open_desk
from oost_desktop.services import importing
from oost_desktop.services.importing import ImportPlan, RowRemark


def import_file(arguments: Namespace) -> Answer:
    """Take in every good row; status 3 if a row was refused, 1 if every row was."""
    with open_desk(arguments) as desk:
        result = importing.plan_import(desk, arguments.file)
        if not arguments.dry_run and not result.changes_nothing:
            result = importing.apply_import(desk, result)
    return Answer(result.to_json(), _words(result, tried=arguments.dry_run), _status(result))


def _status(result: ImportPlan) -> int:
    if not result.refused:
        return DONE
    taken = result.imported + result.updated + result.unchanged
    return NEEDS_A_PERSON if taken else FAILED


def _words(result: ImportPlan, *, tried: bool) -> str:
    counts = (
        f"{result.imported} new, {result.updated} changed, {result.unchanged} unchanged,"
        f" {len(result.refused)} refused"
    )
    head = f"Nothing was changed. It would be: {counts}." if tried else f"{counts}."
    return "\n".join([head, *_lines("refused", result.refused), *_lines("check", result.warnings)])


def _lines(what: str, remarks: Iterable[RowRemark]) -> list[str]:
    return [f"row {each.row}, {each.column or 'row'}: {what}: {each.reason}" for each in remarks]
