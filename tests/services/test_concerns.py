"""A concern that is kept never looks as if it had failed."""

from oost_desktop import paths
from oost_desktop.services import concerns
from tests.services.conftest import Office


def test_a_kept_concern_has_not_failed_because_its_mark_could_not_be_made(office: Office) -> None:
    mark = office.desk.vault.folder / paths.UNTOLD_MARK
    mark.symlink_to(office.desk.vault.folder / "no folder" / "no file")
    concern = concerns.submit(office.desk, {"verbatim": "Words nobody has heard of."})
    assert [row.id for row in concerns.rows(office.desk)] == [concern]
    assert concerns.untold(office.desk) == 1


def test_told_is_told_though_the_mark_cannot_be_taken_away(office: Office) -> None:
    concern = concerns.submit(office.desk, {"verbatim": "Words nobody has heard of."})
    mark = office.desk.vault.folder / paths.UNTOLD_MARK
    mark.unlink()
    mark.mkdir()
    told = {"whom": "The DSL", "told_at": office.desk.clock.now(), "how": "PHONE"}
    concerns.tell(office.desk, concern, told)
    assert concerns.untold(office.desk) == 0
