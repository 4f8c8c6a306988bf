"""Deciding what one row of a caseload spreadsheet would do: steps, or the reasons to refuse it.

A row is all in or all refused. The same pupil (UPN, or legal names and date of birth) is changed
and never made twice; where the two disagree about who it is, a person must look.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from oost_desktop.models import RECORDS, Pupil
from oost_desktop.models.codes import code_list
from oost_desktop.models.problems import Problem
from oost_desktop.services import wording
from oost_desktop.services.import_rows import Row, same_name
from oost_desktop.services.import_state import State, Step, name_key

_PUPIL_FIELDS = (
    "upn", "legal_surname", "legal_forename", "preferred_forename", "date_of_birth", "nc_year",
    "address", "postcode",
)  # fmt: skip


class Planner:
    """Plans rows one after the other against what is recorded and what earlier rows bring."""

    def __init__(self, state: State, today: date, ask_above: int | None) -> None:
        self._state = state
        self._today = today
        self._ask_above = ask_above
        self._seen: dict[str, int] = {}
        self._tutors = _tutors(state, today)

    def plan(self, row: Row) -> list[Step]:
        """The steps of a row; its faults are noted on the row, and then there are none."""
        pupil = self._find(row)
        school, steps = self._school(row)
        steps += self._pupil(row, pupil, school)
        entity = pupil or steps[-1].entity
        steps += self._contacts(row, entity, school, steps)
        steps += self._placement(row, entity)
        steps += self._allocation(row, entity)
        if row.faults:
            return []
        if entity in self._seen:
            row.remarks.append(_remark("", f"The same pupil as in row {self._seen[entity]}."))
        self._seen.setdefault(entity, row.number)
        self._state.take(steps)
        return steps

    def _find(self, row: Row) -> str | None:
        """The pupil a row is about, if they are known. Doubt about who it is is a fault."""
        by_upn = self._state.by_upn.get(row.values.get("upn", ""))
        key = name_key(row.values)
        by_name = None if key is None else self._state.by_name.get(key)
        if by_upn is None:
            return None if by_name is None else self._by_name_alone(row, by_name)
        if by_upn != by_name:
            self._compare(row, by_upn, is_somebody_else=by_name is not None)
        return by_upn

    def _by_name_alone(self, row: Row, pupil: str) -> str:
        now, typed = self._state.values["pupil"][pupil].get("upn"), row.values.get("upn")
        if now and typed and now[-1].isdigit():
            row.faults.append(_fault("upn", "This pupil is here with another UPN: check both."))
        return pupil

    def _compare(self, row: Row, pupil: str, *, is_somebody_else: bool) -> None:
        """A UPN may come with a corrected birthday or a new surname, not with another child.

        A twin with their brother's UPN has the same surname and birthday, but another forename.
        """
        now, typed = self._state.values["pupil"][pupil], row.values
        forename, born = typed.get("legal_forename"), typed.get("date_of_birth")
        known = {same_name(now.get(f"{kind}_forename") or "") for kind in ("legal", "preferred")}
        surname = same_name(typed.get("legal_surname", ""))
        new_surname = surname and surname != same_name(now.get("legal_surname") or "")
        new_birth = born is not None and born != now.get("date_of_birth")
        other_forename = forename is not None and same_name(forename) not in known
        if is_somebody_else or other_forename or (new_surname and new_birth):
            row.faults.append(_fault("upn", "This UPN is that of another pupil: check both."))
        elif new_birth:
            row.remarks.append(_remark("date_of_birth", "The date of birth on file is another."))
        elif new_surname:
            row.remarks.append(_remark("legal_surname", "The surname on file is another."))

    # --- school ---------------------------------------------------------------------------

    def _known_school(self, row: Row) -> str | None:
        name, number = same_name(row.values.get("school", "")), row.values.get("laestab")
        schools = self._state.values["school"].items()
        if number:
            for entity, values in schools:
                if (values.get("laestab") or "").replace("/", "") == number:
                    return entity
        if not name:
            return None
        found = [
            entity
            for entity, values in schools
            if same_name(values.get("name") or "") == name
            and not (number and values.get("laestab"))
        ]
        if len(found) > 1:
            message = "Several schools have this name: give the DfE number."
            row.faults.append(_fault("school", message))
        return found[0] if found else None

    def _school(self, row: Row) -> tuple[str | None, list[Step]]:
        """The row's school, if it names one, and the step that creates or completes it."""
        name, number = row.values.get("school"), row.values.get("laestab")
        if not name and not number:
            return None, []
        known = self._known_school(row)
        if known is not None:
            values = self._state.values["school"][known]
            if name and same_name(name) != same_name(values.get("name") or ""):
                message = f"This DfE number is that of {values.get('name')}, so that is the school."
                row.remarks.append(_remark("school", message))
            if number and not values.get("laestab"):
                return known, self._state.step("school", known, {"laestab": number})
            return known, []
        if not name:
            row.faults.append(_fault("school", "No school with this number: give its name too."))
            return None, []
        row.remarks.append(_remark("school", "This school is new here. Complete its details."))
        wanted = {"name": name, **({"laestab": number} if number else {})}
        made = self._state.step("school", None, wanted)
        return made[0].entity, made

    # --- pupil and contacts ---------------------------------------------------------------

    def _pupil(self, row: Row, pupil: str | None, school: str | None) -> list[Step]:
        wanted = {name: row.values[name] for name in _PUPIL_FIELDS if name in row.values}
        if school is not None:
            wanted["school"] = school
        before = {} if pupil is None else self._state.values["pupil"][pupil]
        blamed = {problem.field for problem in row.faults}
        full = {**before, **wanted, "_today": self._today}
        for problem in RECORDS.of(Pupil).problems(full):
            if not problem.warning and problem.field not in blamed:
                row.faults.append(_fault(problem.field, problem.message))
        if pupil is None and not row.values.get("legal_surname") and not row.faults:
            row.remarks.append(_remark("legal_surname", "This pupil has no surname."))
        return self._state.step("pupil", pupil, wanted)

    def _contacts(self, row: Row, pupil: str, school: str | None, steps: list[Step]) -> list[Step]:
        found: list[Step] = []
        if name := row.values.get("named_person"):
            found += self._named_person(row, pupil, name, self._school_name(school, steps))
        if name := row.values.get("parent_name"):
            found += self._parent(row, pupil, name)
        return found

    def _school_name(self, school: str | None, steps: list[Step]) -> str | None:
        made = next((step for step in steps if step.entity == school and step.is_new), None)
        if made is not None:
            return str(made.values["name"])
        return None if school is None else self._state.values["school"][school].get("name")

    def _named_person(
        self, row: Row, pupil: str, name: str, organisation: str | None
    ) -> list[Step]:
        current = [
            (entity, values)
            for entity, values in self._state.belonging("contact", pupil)
            if values.get("role") == "NAMED" and _is_current(values, self._today)
        ]
        wanted = _filled(phone=row.values.get("named_person_phone"))
        for entity, values in current:
            if same_name(values.get("name") or "") == same_name(name):
                return self._state.step("contact", entity, wanted)
        steps = []
        for entity, _values in current:
            row.remarks.append(_remark("named_person", "This replaces the named person on file."))
            yesterday = self._today - timedelta(days=1)
            steps += self._state.step("contact", entity, {"until": yesterday})
        about = {"pupil": pupil, "name": name, "role": "NAMED"}
        about |= _filled(organisation=organisation)
        return steps + self._state.step("contact", None, {**about, **wanted})

    def _parent(self, row: Row, pupil: str, name: str) -> list[Step]:
        wanted = _filled(phone=row.values.get("parent_phone"))
        family = {code.code for code in code_list("contact_roles").where("side", "family")}
        for entity, values in self._state.belonging("contact", pupil):
            is_same = same_name(values.get("name") or "") == same_name(name)
            if is_same and values.get("role") in family:
                if values.get("must_not_contact"):
                    message = "This person must not be contacted; that stays as it is."
                    row.remarks.append(_remark("parent_name", message))
                return self._state.step("contact", entity, wanted)
        about = {"pupil": pupil, "name": name, "role": "FAMILY", "relationship": "Parent"}
        return self._state.step("contact", None, {**about, **wanted})

    # --- provision ------------------------------------------------------------------------

    def _placement(self, row: Row, pupil: str) -> list[Step]:
        wanted = _filled(
            reason=row.values.get("reason"),
            starts=row.values.get("start_date"),
            offered=row.values.get("hours_offered"),
        )
        if not wanted:
            return []
        self._ask_why(row)
        placements = self._state.belonging("placement", pupil)
        for entity, values in placements:
            if values.get("starts") == wanted.get("starts"):
                return self._state.step("placement", entity, wanted)
        for entity, values in placements:
            if values.get("ends") is None or values["ends"] >= self._today:
                return self._change_placement(row, entity, values, wanted)
        blamed = {problem.field for problem in row.faults}
        for column, name, label in (
            ("reason", "reason", "Say why the pupil cannot attend school."),
            ("start_date", "starts", "Say the first day of tuition."),
        ):
            if name not in wanted and column not in blamed:
                row.faults.append(_fault(column, label))
        return self._state.step("placement", None, {"pupil": pupil, **wanted})

    def _change_placement(
        self, row: Row, entity: str, values: Mapping[str, Any], wanted: Mapping[str, Any]
    ) -> list[Step]:
        starts, ends = wanted.get("starts"), values.get("ends")
        if starts is not None and ends is not None and starts > ends:
            message = f"The placement on file ends on {wording.short_day(ends)}."
            row.faults.append(_fault("start_date", message))
        elif starts is not None:
            row.remarks.append(_remark("start_date", "The first day on file is another."))
        return self._state.step("placement", entity, wanted)

    def _ask_why(self, row: Row) -> None:
        offered = row.values.get("hours_offered")
        if offered is not None and self._ask_above is not None and offered > self._ask_above:
            above = wording.hours(self._ask_above)
            message = f"More than {above} a week: say why in the placement."
            row.remarks.append(_remark("hours_offered", message))

    def _allocation(self, row: Row, pupil: str) -> list[Step]:
        name = row.values.get("tutor")
        if not name:
            return []
        found = self._tutors.get(same_name(name), [])
        if len(found) != 1:
            several = "Several tutors are called" if found else "No tutor called"
            row.faults.append(_fault("tutor", f"{several} {name}."))
            return []
        for _entity, values in self._state.belonging("allocation", pupil):
            ends = values.get("ends")
            if values.get("tutor") == found[0] and (ends is None or ends >= self._today):
                return []
        starts = row.values.get("start_date") or self._today
        wanted = {"pupil": pupil, "tutor": found[0], "starts": starts}
        return self._state.step("allocation", None, wanted)


def _tutors(state: State, today: date) -> dict[str, list[str]]:
    """Current staff who teach, by full name and by initial and surname."""
    found: dict[str, list[str]] = {}
    for entity, values in state.values["staff_member"].items():
        name = values.get("name") or ""
        if values.get("role") != "tutor" or not _is_current(values, today) or not name:
            continue
        parts = same_name(name).split()
        for spelling in {" ".join(parts), f"{parts[0][:1]} {parts[-1]}"}:
            found.setdefault(spelling, []).append(entity)
    return found


def _is_current(values: Mapping[str, Any], today: date) -> bool:
    until = values.get("until")
    return until is None or until >= today


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _fault(column: str, message: str) -> Problem:
    return Problem(column, message)


def _remark(column: str, message: str) -> Problem:
    return Problem(column, message, warning=True)
