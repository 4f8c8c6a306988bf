"""Bringing a caseload in from a spreadsheet: look first, then all good rows in one act.

`plan_import` changes nothing and says what every row would do. `apply_import` plans again inside
its transaction, so that what changed in between is seen. Importing a file twice does nothing the
second time. The columns are fixed in `import_rows.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from oost_desktop.errors import RefusedError, UserError
from oost_desktop.models.problems import Problem
from oost_desktop.services import settings
from oost_desktop.services.desk import Desk
from oost_desktop.services.import_plan import Planner
from oost_desktop.services.import_rows import COLUMNS, Row, canonical_column, read_row
from oost_desktop.services.import_state import State, Step
from oost_desktop.services.spreadsheet import Line, Sheet, read_sheet

_ALSO_CALLED = {
    "surname": "legal_surname", "last_name": "legal_surname", "family_name": "legal_surname",
    "forename": "legal_forename", "first_name": "legal_forename", "known_as": "preferred_forename",
    "preferred_name": "preferred_forename", "dob": "date_of_birth", "born": "date_of_birth",
    "year": "nc_year", "year_group": "nc_year", "home_school": "school", "dfe_number": "laestab",
    "hours": "hours_offered", "hours_a_week": "hours_offered", "start": "start_date",
    "first_day": "start_date", "parent": "parent_name", "parent_telephone": "parent_phone",
    "post_code": "postcode", "tutor_name": "tutor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowRemark:
    """Something said about a row: its number (the header is 1), the column, a sentence."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a row would do: "new", "change", "same" or "refused", and for whom, as typed."""

    number: int
    what: str
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a file would do. `mapping` is our column to the file's."""

    sheet: Sheet
    mapping: Mapping[str, str]
    rows: tuple[PlannedRow, ...]
    imported: int
    updated: int
    unchanged: int
    refused: tuple[RowRemark, ...]
    warnings: tuple[RowRemark, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to apply."""
        return not self.imported and not self.updated

    def to_json(self) -> dict[str, Any]:
        """The object `caseload import --json` prints."""
        return {
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": [_as_json(remark) for remark in self.refused],
            "warnings": [_as_json(remark) for remark in self.warnings],
        }


ImportResult = ImportPlan
"""What was done has the shape of what would be: `apply_import` gives the numbers it reached."""


def _as_json(remark: RowRemark) -> dict[str, Any]:
    return {"row": remark.row, "column": remark.column, "reason": remark.reason}


def plan_import(desk: Desk, path: Path, mapping: Mapping[str, str] | None = None) -> ImportPlan:
    """Read a file and say what it would do. Raises UserError for a file that cannot be read.

    `mapping` is our column to the file's; without it, columns are known by their names.
    """
    _refuse_tutors(desk)
    sheet = read_sheet(path)
    chosen = suggested_mapping(sheet.columns) if mapping is None else dict(mapping)
    _refuse_nameless(chosen)
    with desk.vault.read() as connection:
        plan, _steps = _planned(desk, connection, sheet, chosen)
    return plan


def apply_import(desk: Desk, plan: ImportPlan) -> ImportResult:
    """Bring in every good row of a plan, in one act, or none if anything goes wrong."""
    _refuse_tutors(desk)
    with desk.vault.act(desk.actor) as unit:
        done, steps = _planned(desk, unit.connection, plan.sheet, plan.mapping)
        for step in steps:
            if step.is_new:
                unit.create(step.etype, step.values, entity=step.entity)
            else:
                unit.change(step.etype, step.entity, step.values)
    return done


def suggested_mapping(columns: Sequence[str]) -> dict[str, str]:
    """Our column to the file's, by name and by the other names people use."""
    found: dict[str, str] = {}
    for column in columns:
        if (name := canonical_column(column)) in COLUMNS:
            found[name] = column
    for column in columns:
        name = _ALSO_CALLED.get(canonical_column(column), "")
        if name and name not in found and column not in found.values():
            found[name] = column
    return found


def _refuse_tutors(desk: Desk) -> None:
    if not desk.is_office_staff:
        raise RefusedError("Only the office imports a caseload.", "Ask your coordinator.")


def _refuse_nameless(mapping: Mapping[str, str]) -> None:
    if "upn" not in mapping and not {"legal_forename", "date_of_birth"} <= mapping.keys():
        raise UserError(
            "The spreadsheet has no column that says who a pupil is.",
            "It needs upn, or legal_forename and date_of_birth. Its first row names the columns.",
        )


def _planned(
    desk: Desk, connection: Connection, sheet: Sheet, mapping: Mapping[str, str]
) -> tuple[ImportPlan, list[Step]]:
    ask_above = settings.hours_to_ask_about(connection)
    planner = Planner(State(connection), desk.today, ask_above)
    rows: list[PlannedRow] = []
    steps: list[Step] = []
    refused: list[RowRemark] = []
    warnings = _about_columns(sheet, mapping)
    for line in sheet.lines:
        row = _read(line, mapping, desk)
        of_row = planner.plan(row)
        if row.faults:
            refused.append(_refusal(row))
        else:
            warnings += [RowRemark(row.number, r.field, r.message) for r in row.remarks]
        rows.append(_shown(row, of_row, line, mapping))
        steps += of_row
    counted = [row.what for row in rows]
    plan = ImportPlan(
        sheet, dict(mapping), tuple(rows), counted.count("new"),
        counted.count("change"), counted.count("same"), tuple(refused), tuple(warnings),
    )  # fmt: skip
    return plan, steps


def _read(line: Line, mapping: Mapping[str, str], desk: Desk) -> Row:
    cells = {ours: line.cells.get(theirs, "") for ours, theirs in mapping.items()}
    row = read_row(line.number, cells, desk.today)
    if line.left_over:
        message = "This row has more cells than there are columns: look for a stray comma."
        row.faults.append(Problem("", message))
    return row


def _refusal(row: Row) -> RowRemark:
    """One line a row: the first fault in the order of the columns, then the others."""
    order = {column: place for place, column in enumerate(COLUMNS)}
    faults = sorted(row.faults, key=lambda fault: order.get(fault.field, -1))
    also = "".join(f" Also {fault.field}: {fault.message}" for fault in faults[1:])
    return RowRemark(row.number, faults[0].field, faults[0].message + also)


def _shown(row: Row, steps: list[Step], line: Line, mapping: Mapping[str, str]) -> PlannedRow:
    names = ("preferred_forename", "legal_forename", "legal_surname")
    typed = [line.cells.get(mapping.get(name, ""), "") for name in names]
    name = f"{typed[0] or typed[1]} {typed[2]}".strip()
    if row.faults:
        return PlannedRow(row.number, "refused", name, _refusal(row).reason)
    if any(step.is_new and step.etype == "pupil" for step in steps):
        return PlannedRow(row.number, "new", name)
    return PlannedRow(row.number, "change" if steps else "same", name)


def _unused(sheet: Sheet, mapping: Mapping[str, str]) -> tuple[str, ...]:
    used = set(mapping.values())
    return tuple(column for column in sheet.columns if column not in used)


def _about_columns(sheet: Sheet, mapping: Mapping[str, str]) -> list[RowRemark]:
    found = [RowRemark(1, column, "This column is not read.") for column in _unused(sheet, mapping)]
    return [RowRemark(1, "", sheet.remark), *found] if sheet.remark else found
