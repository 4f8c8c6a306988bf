"""Second and fourth act: laptops are let in, and work is carried to and fro in files."""

from pathlib import Path

from oost_desktop.errors import OostError
from oost_desktop.models import Session
from oost_desktop.security.kdf import KdfCost
from oost_desktop.services import bundles, clashes, concerns, enrolling, inventing, records
from oost_desktop.services.bundles import Checked, Result
from oost_desktop.services.clashes import KeepBoth
from oost_desktop.services.desk import Desk
from oost_desktop.services.enrolling import Begun
from oost_desktop.sync.whereabouts import Where
from oost_desktop.tour.on_the_road import CONCERN, concern_case
from oost_desktop.tour.stage import OFFICE, Act, Stage, hold, laptop_of

NOTE = "clashing note"
LAPTOP_WORDS = "Secure on sharing; explained two of six aloud."
OFFICE_WORDS = "Secure on sharing; mother rang to say she was pleased."


def allocate_pupils(stage: Stage) -> str:
    """Each pupil is given to their tutor; that decides whose laptop gets the file."""
    desk = stage.desks[OFFICE]
    given = [item for case in stage.cases for item in case.allocations]
    inventing.put(desk, given, stage.placed)
    return f"{len(given)} allocations of {len(stage.cases)} pupils"


def enrol_three_laptops(stage: Stage) -> str:
    """Each laptop asks by a file, eight words are compared each way, a first bundle lets it in."""
    brought = []
    for tutor in stage.service.tutors:
        begun = _begin(stage, tutor.key, tutor.name)
        request = enrolling.save_request(begun.desk, stage.file_in("carried", "x").parent)
        seen = enrolling.read_request_file(request)
        hold(seen.words == begun.words, "The office sees other words than the laptop shows.")
        approved = enrolling.approve(
            stage.desks[OFFICE], seen, stage.placed.ids[tutor.key], request.parent
        )
        _refuse_other_words(begun.desk, approved.made.path, approved.words)
        joined = enrolling.join(begun.desk, approved.made.path, " ".join(approved.words))
        hold(joined.desk.person.name == tutor.name, "A laptop was let in as somebody else.")
        stage.desks[laptop_of(tutor.key)] = joined.desk
        brought.append(len(records.ids(joined.desk, "pupil")))
    expected = [len({a.pupil for c in stage.cases for a in c.allocations if a.tutor == t.key})
                for t in stage.service.tutors]  # fmt: skip
    hold(brought == expected, f"The laptops hold {brought} pupils, {expected} were allocated.")
    return f"3 laptops hold their own pupils and no others: {', '.join(map(str, brought))}"


def hand_in(stage: Stage) -> str:
    """Each laptop makes one bundle; the office checks it, applies it, and knows it again."""
    new = 0
    for tutor in stage.service.tutors:
        laptop = stage.desks[laptop_of(tutor.key)]
        made = _carry(stage, laptop)
        checked = bundles.check(stage.desks[OFFICE], made)
        hold(checked.result is Result.CHECKED, f"The office refused a bundle: {checked.reason}")
        bundles.apply(stage.desks[OFFICE], checked)
        new += checked.totals["new"]
        again = bundles.check(stage.desks[OFFICE], made)
        hold(again.result is Result.KNOWN, "A bundle that was applied is new again.")
    at_office = len(records.ids(stage.desks[OFFICE], "session"))
    taught = stage.kept["sessions"]
    hold(at_office == taught, f"{at_office} sessions reached the office, {taught} were recorded.")
    return (
        f"3 bundles with {new} new records; all {taught} sessions are at the office; again: known"
    )


def refuse_spoilt_bundles(stage: Stage) -> str:
    """Cut short, one bit flipped, for somebody else, back at its maker: refused, all unchanged."""
    laptop = stage.desks[laptop_of("tutor-01")]
    other = stage.desks[laptop_of("tutor-02")]
    good = _carry(stage, laptop).read_bytes()
    cut = stage.file_in("carried", "cut-short.oost")
    cut.write_bytes(good[: len(good) // 2])
    flipped = stage.file_in("carried", "one-bit.oost")
    flipped.write_bytes(good[:-100] + bytes([good[-100] ^ 1]) + good[-99:])
    whole = stage.file_in("carried", "whole.oost")
    whole.write_bytes(good)
    said = []
    for desk, path in (
        (stage.desks[OFFICE], cut), (stage.desks[OFFICE], flipped), (other, whole), (laptop, whole),
    ):  # fmt: skip
        before = (desk.vault.folder / "vault.db").read_bytes()
        checked = bundles.check(desk, path)
        hold(checked.result is Result.REFUSED, f"{path.name} was not refused.")
        after = (desk.vault.folder / "vault.db").read_bytes()
        hold(before == after, f"{path.name} was refused, and the vault changed.")
        said.append(checked.reason.split(":")[0].split(".")[0])
    return "; ".join(said)


def change_one_note_twice(stage: Stage) -> str:
    """The office and a laptop change the same note without seeing each other: a clash, shown."""
    office, laptop = stage.desks[OFFICE], stage.desks[laptop_of("tutor-01")]
    note = next(
        entity
        for entity in records.ids(laptop, "session", order="-starts")
        if records.values_of(laptop, "session", entity)["outcome"] == "ATTENDED"
    )
    stage.kept[NOTE] = note
    with office.vault.act(office.actor) as unit:
        unit.change(Session, note, {"covered": OFFICE_WORDS})
    with laptop.vault.act(laptop.actor) as unit:
        unit.change(Session, note, {"covered": LAPTOP_WORDS})
    checked = bundles.check(office, _carry(stage, laptop))
    hold(checked.totals["clashing"] == 1, "A clash was not seen before it was applied.")
    bundles.apply(office, checked)
    found = clashes.open_clashes(office)
    hold(len(found) == 1 and len(found[0].sides) == 2, "The clash is not shown with both sides.")
    words = {side.words for side in found[0].sides}
    hold(words == {OFFICE_WORDS, LAPTOP_WORDS}, "A side of the clash lost its words.")
    return f"{found[0].label}: both values, both authors and both times are shown"


def undo_and_apply_again(stage: Stage) -> str:
    """The last import is taken back whole, and applied again from the same file."""
    office = stage.desks[OFFICE]
    bundles.undo(office)
    hold(not clashes.open_clashes(office), "A clash outlived the import that brought it.")
    bundles.apply(office, bundles.check(office, stage.kept["last bundle"]))
    hold(len(clashes.open_clashes(office)) == 1, "The import could not be applied again.")
    return "the import was undone and applied again; the clash went and came with it"


def settle_the_clash(stage: Stage) -> str:
    """A coordinator keeps both; the decision is listed with its reason, and reaches the laptop."""
    office, laptop = stage.desks[OFFICE], stage.desks[laptop_of("tutor-01")]
    (clash,) = clashes.open_clashes(office)
    clashes.settle(office, clash.etype, clash.entity, clash.unit, KeepBoth(), "Both are true.")
    hold(not clashes.open_clashes(office), "A settled clash is still open.")
    hold(clashes.settled(office)[0].why == "Both are true.", "The reason was not kept.")
    _bring_back(stage, laptop)
    covered = records.values_of(laptop, "session", stage.kept[NOTE])["covered"]
    hold(LAPTOP_WORDS in covered and OFFICE_WORDS in covered, "Words were lost in settling.")
    where = bundles.where_are(laptop, [stage.kept[NOTE]])[stage.kept[NOTE]]
    hold(where.where is Where.AT_OFFICE, f"The tutor is told “{where}”.")
    return f"kept both, with a reason; on the laptop the session is “{where}”"


def the_lead_reads(stage: Stage) -> str:
    """Only the safeguarding lead can open the concern; its author is told when it was opened."""
    concern = stage.kept[CONCERN]
    said = _refused(stage.desks[OFFICE], concern)
    hold(said, "A coordinator opened a concern that is sealed to the lead.")
    lead = stage.sit_at(OFFICE, "dsl")
    read = concerns.read(lead, concern)
    hold("lodger" in read.words["verbatim"], "The lead does not see the child's words.")
    hold(len(read.notifications) == 1, "The lead does not see who was told.")
    stage.sit_at(OFFICE, "coordinator")
    author = stage.desks[laptop_of("tutor-01")]
    _bring_back(stage, author)
    row = next(row for row in concerns.rows(author) if row.id == concern)
    hold(row.opened_at is not None, "The author is not told that the concern was opened.")
    hold(not row.can_read, "The author can still read a concern the lead has taken over.")
    return f"to the coordinator: “{said}”; read by the lead; the author's laptop says when"


def nobody_else_holds_it(stage: Stage) -> str:
    """The concern is on no other laptop, not even as ciphertext."""
    concern = stage.kept[CONCERN]
    others = [laptop_of(key) for key in ("tutor-02", "tutor-03")]
    for name in others:
        _bring_back(stage, stage.desks[name])
        with stage.desks[name].vault.read() as connection:
            count = connection.exec_driver_sql(
                "select count(*) from op where entity = ?", (concern,)
            ).scalar_one()
        hold(count == 0, f"{name} was given a concern about {concern_case(stage).number}.")
    return f"{len(others)} other laptops have not one byte of it"


def _begin(stage: Stage, tutor: str, name: str) -> Begun:
    laptop = laptop_of(tutor)
    return enrolling.begin(
        stage.vault_folder(laptop),
        name,
        laptop.upper(),
        stage.passphrases[tutor],
        stage.clock.clock(),
        cost=KdfCost.invented(),
        invented=True,
    )


def _refuse_other_words(desk: Desk, bundle: Path, words: tuple[str, ...]) -> None:
    try:
        enrolling.join(desk, bundle, " ".join(reversed(words)))
    except OostError:
        return
    hold(False, "A laptop joined a service with the wrong words.")


def _carry(stage: Stage, laptop: Desk) -> Path:
    made = bundles.make(laptop, stage.file_in("carried", "x").parent)
    stage.kept["last bundle"] = made.path
    return made.path


def _bring_back(stage: Stage, laptop: Desk) -> Checked:
    folder = stage.file_in("carried", "x").parent
    made = bundles.make(stage.desks[OFFICE], folder, laptop.vault.place.device)
    return bundles.apply(laptop, bundles.check(laptop, made.path))


def _refused(desk: Desk, concern: str) -> str:
    try:
        concerns.read(desk, concern)
    except OostError as error:
        return error.title
    return ""


ENROLMENT: tuple[Act, ...] = (
    ("Pupils are allocated", allocate_pupils),
    ("Three laptops are enrolled", enrol_three_laptops),
)
EXCHANGE: tuple[Act, ...] = (
    ("Work is handed in", hand_in),
    ("Spoilt bundles are refused", refuse_spoilt_bundles),
    ("A note is changed on both sides", change_one_note_twice),
)
SETTLING: tuple[Act, ...] = (
    ("The import is undone and applied again", undo_and_apply_again),
    ("The clash is settled", settle_the_clash),
    ("The safeguarding lead reads the concern", the_lead_reads),
    ("The concern is on no other laptop", nobody_else_holds_it),
)
