"""First act: the service is started, its agreement is there, and twelve pupils come in."""

import csv
import hashlib
import io
from pathlib import Path

from sqlalchemy import select

from oost_desktop.errors import OostError
from oost_desktop.invented import InventedCase, crooked_caseload
from oost_desktop.models import Placement, Pupil, Role
from oost_desktop.services import agreements, concerns, importing, populating
from oost_desktop.services.desk import Desk
from oost_desktop.services.unlocking import unlock
from oost_desktop.store.unit import Actor
from oost_desktop.tour.stage import OFFICE, PUPILS, TODAY, TRIAL, Act, Stage, hold


def start_the_service(stage: Stage) -> str:
    """An office vault with three people, each with their own passphrase and role."""
    folder = stage.vault_folder(OFFICE)
    folder.parent.mkdir()
    started = populating.start(folder, stage.service, stage.passphrases, stage.clock.clock())
    stage.desks[OFFICE], stage.placed = started.desk, started.placed
    stage.kept["recovery_code"] = started.recovery_code
    for person, role in (("coordinator", Role.COORDINATOR), ("dsl", Role.DSL)):
        desk = stage.sit_at(OFFICE, person)
        hold(desk.person.role is role, f"The {person}'s passphrase opened as {desk.person.role}.")
        holds_key = concerns.DSL_KEY in desk.extras
        hold(holds_key == (role is Role.DSL), f"Wrong about who holds the DSL's key: {person}.")
    return "3 people at one computer; each passphrase opens one role; only the DSL has the DSL key"


def refuse_a_wrong_passphrase(stage: Stage) -> str:
    """A wrong passphrase opens nothing and changes nothing."""
    stage.leave(OFFICE)
    before = _fingerprints(stage.vaults[OFFICE])
    try:
        unlock(stage.vaults[OFFICE], "not the passphrase at all", stage.clock.clock())
    except OostError as error:
        said = error.title
    else:
        said = ""
    hold(said, "A wrong passphrase opened the vault.")
    hold(_fingerprints(stage.vaults[OFFICE]) == before, "A wrong passphrase changed the vault.")
    stage.sit_at(OFFICE, "coordinator")
    return f"refused (“{said}”), {len(before)} files unchanged byte for byte"


def load_the_agreement(stage: Stage) -> str:
    """The office loads its own agreement; it is kept to the byte, and once."""
    desk, invented = stage.desks[OFFICE], stage.service.agreement
    path = _written(stage.file_in("spreadsheets", "agreement.txt"), invented.wording)
    kept = agreements.load(desk, path, invented.title, invented.effective_from)
    again = agreements.load(desk, path, invented.title, invented.effective_from)
    hold(kept == again, "The same agreement was kept twice.")
    version = agreements.in_force(desk)
    hold(version is not None and version.sha256 == hashlib.sha256(path.read_bytes()).hexdigest(),
         "The agreement kept is not the one that was loaded.")  # fmt: skip
    stage.placed.ids[invented.key] = kept
    return f"{len(invented.wording)} characters under SHA-256 {invented.sha256[:12]}…, kept once"


def import_a_crooked_spreadsheet(stage: Stage) -> str:
    """Sixty rows, twenty of them wrong in one known cell: forty come in, twenty are explained."""
    folder = stage.vault_folder(TRIAL)
    started = populating.start(folder, stage.service, stage.passphrases, stage.clock.clock())
    stage.desks[TRIAL] = started.desk
    tutors = [tutor.name for tutor in stage.service.tutors]
    crooked = crooked_caseload(stage.seed, TODAY, tutors)
    path = _written(stage.file_in("spreadsheets", "crooked.csv"), crooked.text)
    plan = importing.plan_import(started.desk, path)
    done = importing.apply_import(started.desk, plan)
    hold((done.imported, len(done.refused)) == (40, 20),
         f"{done.imported} imported and {len(done.refused)} refused, of 40 and 20.")  # fmt: skip
    named = {(remark.row, remark.column) for remark in done.refused}
    missed = {(fault.row, fault.column) for fault in crooked.faults} - named
    hold(not missed, f"Refused for another reason than the one put in: {sorted(missed)}.")
    before = _operations(started.desk)
    again = importing.apply_import(started.desk, importing.plan_import(started.desk, path))
    hold(again.unchanged == 40 and _operations(started.desk) == before,
         "Importing the same file again changed something.")  # fmt: skip
    stage.leave(TRIAL)
    return "40 imported, 20 refused, each for the cell that is wrong; again: 40 unchanged"


def import_the_caseload(stage: Stage) -> str:
    """The twelve pupils come in, and what a spreadsheet does not hold is added to their files."""
    desk = stage.desks[OFFICE]
    rows = crooked_caseload(stage.seed, TODAY).rows[:PUPILS]
    path = stage.file_in("spreadsheets", "caseload.csv")
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(
        {**row, "start_date": case.placements[0].starts.isoformat(), "tutor": ""}
        for row, case in zip(rows, stage.cases, strict=True)
    )
    _written(path, text.getvalue())
    done = importing.apply_import(desk, importing.plan_import(desk, path))
    hold(done.imported == PUPILS, f"{done.imported} of {PUPILS} pupils came in.")
    for case in stage.cases:
        _complete(stage, desk, case)
    for case in stage.cases:
        paper = agreements.certificate(desk, stage.placed.ids[case.pupil.key])
        hold(paper is not None and paper.is_intact, "An acceptance lacks the text it was of.")
    return f"{done.imported} pupils, {done.updated} doubled, {len(done.refused)} refused"


def _complete(stage: Stage, desk: Desk, case: InventedCase) -> None:
    """What the referral papers say and the spreadsheet does not: acceptance, timetable."""
    with desk.vault.read() as connection:
        pupil = connection.execute(
            select(Pupil.id).where(
                Pupil.legal_forename == case.pupil.legal_forename,
                Pupil.date_of_birth == case.pupil.date_of_birth,
            )
        ).scalar_one()
        placement = connection.execute(
            select(Placement.id).where(Placement.pupil == pupil)
        ).scalar_one()
    stage.placed.ids[case.pupil.key] = pupil
    stage.placed.ids[case.placements[0].key] = placement
    others = [contact for contact in case.contacts if not contact.key.endswith(("parent", "named"))]
    details = stage.placed.values_of(case.pupil)
    kept = ("preferred_forename", "sex", "sen", "address_confidential", "emergency", "medication",
            "allergies", "who_is_in", "note")  # fmt: skip
    carried_on = ("evidence_until", "last_review")
    so_far = {name: stage.placed.values_of(case.placements[0])[name] for name in carried_on}
    with desk.vault.act(Actor(desk.person.id, desk.person.role)) as unit:
        unit.change(Pupil, pupil, {name: details[name] for name in kept})
        unit.change(Placement, placement, so_far)
        for item in (*others, case.acceptance, *case.slots):
            stage.placed.ids[item.key] = unit.create(item.ETYPE, stage.placed.values_of(item))


def _operations(desk: Desk) -> int:
    with desk.vault.read() as connection:
        return int(connection.exec_driver_sql("select count(*) from op").scalar_one())


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _fingerprints(folder: Path) -> dict[str, str]:
    """Of everything but the lock, which says only since when a vault is open."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix not in (".lock", ".db-shm")
    }


ACTS: tuple[Act, ...] = (
    ("The service is started", start_the_service),
    ("A wrong passphrase is refused", refuse_a_wrong_passphrase),
    ("The agreement is loaded", load_the_agreement),
    ("A spreadsheet with twenty bad rows is imported", import_a_crooked_spreadsheet),
    ("Twelve pupils are imported", import_the_caseload),
)
