"""A caseload from a spreadsheet: all of a row or none of it, and never a pupil twice."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from oost_desktop.errors import RefusedError, UserError
from oost_desktop.invented.crooked import crooked_caseload
from oost_desktop.models import Allocation, Contact, Placement, Pupil, Role, School
from oost_desktop.services import importing

HEADER = (
    "upn,legal_surname,legal_forename,preferred_forename,date_of_birth,nc_year,school,laestab,"
    "named_person,named_person_phone,reason,address,postcode,parent_name,parent_phone,"
    "hours_offered,start_date,tutor"
)
RHYS = (
    "P830400012345,al-Hassan,Rhys,,02/05/2013,9,Peverel Academy,830/4001,Ms R. Holloway,"
    '01632 960123,mental health,"1 High Street, Matlock",de43ag,Mrs al-Hassan,07700 900111,'
    "4.5,09/11/2026,Jo Marsden"
)


@pytest.fixture
def bring(office, tmp_path):
    def do(*rows: str, header: str = HEADER, apply: bool = True) -> importing.ImportPlan:
        path = tmp_path / "caseload.csv"
        path.write_text("\r\n".join([header, *rows]) + "\r\n", encoding="utf-8-sig")
        plan = importing.plan_import(office.desk, path)
        return importing.apply_import(office.desk, plan) if apply else plan

    return do


def count(office, cls, *where) -> int:
    with office.desk.vault.read() as connection:
        found = connection.execute(select(func.count()).select_from(cls).where(*where))
        number: int = found.scalar_one()
        return number


def one(office, query):
    with office.desk.vault.read() as connection:
        return connection.execute(query).one()


def test_a_row_becomes_a_pupil_with_school_contacts_placement_and_tutor(office, bring):
    result = bring(RHYS)
    assert (result.imported, result.updated, result.unchanged) == (1, 0, 0)
    assert result.refused == ()
    pupil, school, code, born = one(
        office,
        select(Pupil.id, Pupil.school, Pupil.postcode, Pupil.date_of_birth).where(
            Pupil.legal_forename == "Rhys"
        ),
    )
    assert (school, code, born) == (office.school, "DE4 3AG", date(2013, 5, 2))
    reason, offered = one(
        office, select(Placement.reason, Placement.offered).where(Placement.pupil == pupil)
    )
    assert (reason, offered) == ("MENT", 270)
    assert (
        one(office, select(Allocation.tutor).where(Allocation.pupil == pupil))[0] == office.marsden
    )
    assert count(office, Contact, Contact.pupil == pupil) == 2


def test_importing_again_changes_nothing_at_all(office, bring):
    bring(RHYS)
    before = office.operations()
    again = bring(RHYS)
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 1)
    assert office.operations() == before


def test_the_preview_changes_nothing(office, bring):
    before = office.operations()
    plan = bring(RHYS, apply=False)
    assert plan.imported == 1
    assert office.operations() == before


def test_every_crooked_row_is_refused_for_its_fault_and_every_good_one_comes_in(office, tmp_path):
    given = crooked_caseload(7, office.desk.today, ["Jo Marsden", "Peter Adeyemi"])
    path = tmp_path / "crooked.csv"
    path.write_bytes(given.text.encode("utf-8-sig"))
    result = importing.apply_import(office.desk, importing.plan_import(office.desk, path))
    assert result.imported == 40
    assert {(r.row, r.column) for r in result.refused} == {(f.row, f.column) for f in given.faults}
    assert len(result.refused) == 20
    warned = {(remark.row, remark.column) for remark in result.warnings}
    assert warned >= {(odd.row, odd.column) for odd in given.oddities}
    before = office.operations()
    again = importing.apply_import(office.desk, importing.plan_import(office.desk, path))
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 40)
    assert office.operations() == before


def test_a_refused_row_brings_nothing_in_not_even_its_school(office, bring):
    schools = count(office, School)
    result = bring(
        RHYS.replace("Peverel Academy,830/4001", "New School,8309998").replace("4.5,", "lots,")
    )
    assert [(r.row, r.column) for r in result.refused] == [(2, "hours_offered")]
    assert count(office, School) == schools
    assert count(office, Pupil) == 1


def test_the_same_pupil_is_known_by_name_and_date_of_birth(office, bring):
    header = "legal_forename,legal_surname,date_of_birth,postcode"
    result = bring("ZOE,swiatek,14/03/2011,DE4 3AG", header=header)
    assert (result.imported, result.updated) == (0, 1)
    assert count(office, Pupil) == 1
    assert one(office, select(Pupil.postcode))[0] == "DE4 3AG"


def test_a_blank_cell_takes_nothing_away(office, bring):
    bring(RHYS)
    header = "upn,legal_forename,preferred_forename,named_person,parent_phone"
    assert bring("P830400012345,,,,", header=header).unchanged == 1
    assert one(office, select(Pupil.legal_surname).where(Pupil.legal_forename == "Rhys"))


def test_a_upn_of_another_child_is_refused_and_not_merged(office, bring):
    header = "upn,legal_forename,legal_surname,date_of_birth"
    result = bring("Y830400026001,Hana,Nguyễn,01/02/2012", header=header)
    assert [(r.row, r.column) for r in result.refused] == [(2, "upn")]


def test_a_twin_with_the_others_upn_is_refused_and_a_new_surname_is_not(office, bring):
    header = "upn,legal_forename,legal_surname,date_of_birth"
    twin = bring("Y830400026001,Maja,Świątek,14/03/2011", header=header)
    assert [(r.row, r.column) for r in twin.refused] == [(2, "upn")]
    renamed = bring("Y830400026001,Zoë,Nowak,14/03/2011", header=header)
    assert (renamed.updated, renamed.refused) == (1, ())
    assert [r.column for r in renamed.warnings] == ["legal_surname"]


def test_more_than_five_hours_comes_in_and_is_asked_about(office, bring):
    result = bring(RHYS.replace("4.5,", "8,"))
    assert result.imported == 1
    assert [(r.row, r.column) for r in result.warnings] == [(2, "hours_offered")]
    assert one(office, select(Placement.offered))[0] == 480


def test_one_pupil_on_two_rows_is_made_once(office, bring):
    result = bring(RHYS, RHYS.replace("4.5,", "3,"))
    assert (result.imported, result.updated) == (1, 1)
    assert count(office, Pupil, Pupil.legal_forename == "Rhys") == 1
    assert any(r.row == 3 and "row 2" in r.reason for r in result.warnings)


def test_an_unknown_tutor_refuses_the_row(bring):
    result = bring(RHYS.replace("Jo Marsden", "Nobody Known"))
    assert [(r.column, r.reason) for r in result.refused] == [
        ("tutor", "No tutor called Nobody Known.")
    ]


def test_a_school_is_found_by_number_or_name_and_otherwise_made(office, bring):
    bring(RHYS.replace("Peverel Academy,830/4001", "PEVEREL  academy,"))
    assert count(office, School) == 1
    header = "legal_forename,date_of_birth,school,laestab"
    result = bring("Hana,2012-02-01,Amber Valley School,8304002", header=header)
    assert next(r.column for r in result.warnings if r.row == 2) == "school"
    bring("Kwame,2012-03-01,,8304002", header=header)
    assert count(office, School) == 2


def test_a_parent_who_must_not_be_contacted_stays_so(office, bring):
    bring(RHYS)
    contact = one(office, select(Contact.id).where(Contact.name == "Mrs al-Hassan"))[0]
    office.change(Contact, contact, must_not_contact=True)
    result = bring(RHYS)
    assert result.unchanged == 1
    assert any(r.column == "parent_name" for r in result.warnings)
    assert one(office, select(Contact.must_not_contact).where(Contact.id == contact))[0] is True


def test_columns_may_come_in_any_order_and_be_mapped_by_hand(office, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("Geburtstag;Vorname;Remark\n2012-02-01;Hana;x\n", encoding="utf-8")
    mapping = {"date_of_birth": "Geburtstag", "legal_forename": "Vorname"}
    plan = importing.plan_import(office.desk, path, mapping)
    assert plan.imported == 1
    assert "Remark" in {remark.column for remark in plan.warnings}


def test_a_workbook_is_read_like_a_text_file(office, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Legal forename", "Surname", "DOB", "nc_year", "hours_offered"])
    book.active.append(["Hana", "Nguyễn", date(2012, 2, 1), 9, None])
    path = tmp_path / "caseload.xlsx"
    book.save(path)
    plan = importing.plan_import(office.desk, path)
    assert (plan.imported, plan.refused) == (1, ())


def test_the_machine_readable_answer_has_the_shape_others_script_against(bring):
    answer = bring(RHYS, RHYS.replace("mental health", "poorly")).to_json()
    assert answer["imported"] == 1
    assert answer["refused"][0]["row"] == 3
    assert answer["refused"][0]["column"] == "reason"
    assert set(answer) == {"imported", "updated", "unchanged", "refused", "warnings"}


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"a,b\n1,2\n", b"PK\x03\x04rubbish"]
)
def test_what_is_no_caseload_is_refused_whole(office, tmp_path: Path, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(UserError):
        importing.plan_import(office.desk, path)


def test_a_tutor_imports_no_caseload(office, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(HEADER)
    with pytest.raises(RefusedError):
        importing.plan_import(office.at_desk_of(office.marsden, Role.TUTOR), path)
