"""What a session form holds before anybody typed: what stays the same and nothing untrue."""

from datetime import date, timedelta

import pytest

from oost_desktop.clock import london
from oost_desktop.models import Target
from oost_desktop.services import drafting, sessions, today
from oost_desktop.services.timetable import Occurrence

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def target(office):
    """An open target of Zoë's."""
    return office.make(
        Target, pupil=office.zoe, kind="LEARN", wording="Use ratio every day", set_by="PUPIL"
    )


@pytest.mark.parametrize(("subject", "carried"), [("MAT", True), ("ENG", False)])
def test_a_target_is_carried_over_within_its_subject_only(office, target, subject, carried):
    office.session(FRIDAY, target=target, adult="Mum")
    start = london(MONDAY, 11)
    hour = Occurrence(
        None, None, office.zoe, office.marsden, subject, start, start + timedelta(hours=1),
        "HOME", None, "IN_PERSON", None,
    )  # fmt: skip
    values = sessions.planned_values(office.desk, hour)
    assert values["adult"] == "Mum"
    assert values["target"] == (target if carried else None)


def test_no_draft_is_folded_away_on_today_and_a_concerns_shows_no_name(office):
    for number in range(9):
        content = {"type": "concern", "values": {"pupil": office.zoe}, "base": {}, "unread": {}}
        drafting.keep(
            office.desk, f"draft {number}", "concern", content, subject=None, field="", caret=0
        )
    items = [item for item in today.today(office.desk).to_finish if item.state == "draft"]
    assert len(items) == 9
    for item in items:
        assert item.pupil is None
        assert item.detail.startswith("Z.")
        assert "Zo" not in item.detail
