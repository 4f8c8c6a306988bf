"""A few safeguarding concerns of the everyday kind: words as said, what was asked, what was done.

Written to practise careful recording on: fact and opinion apart, nothing promised, nobody
accused. None is taken from a real case.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from oost_desktop.clock import london
from oost_desktop.invented.records import InventedConcern, InventedSlot, Voice
from oost_desktop.invented.script import put
from oost_desktop.invented.source import between, pick, rows, rows_where

_PLACES = {"HOME": "At home", "ONLINE": "Online lesson", "LIBRARY": "Library, side room",
           "HOSPITAL": "On the ward"}  # fmt: skip
ONE_IN = 6  # how rarely a pupil of the invented service has a concern


def draw_concern(
    dice: Random, voice: Voice, slot: InventedSlot, school_dsl: str, days: Sequence[date]
) -> InventedConcern:
    """A concern from a lesson of this slot on one of `days`, written up the same day."""
    fitting = rows_where("concerns", venues=slot.venue)
    row = pick(dice, fitting or rows("concerns"))
    pupil, tutor = slot.pupil, slot.tutor
    hour, minute = (int(part) for part in slot.starts_at.split(":"))
    happened = london(pick(dice, days), hour, minute) + timedelta(minutes=between(dice, 10, 50))
    told = happened + timedelta(minutes=between(dice, 8, 40))
    return InventedConcern(
        key=f"{pupil}-concern-1",
        made_by=tutor,
        made_at=told + timedelta(minutes=65),
        pupil=pupil,
        written_at=told + timedelta(minutes=60),
        verbatim=put(row["verbatim"], voice),
        asked=put(row["asked"], voice) or None,
        present=put(row["present"], voice),
        happened_at=happened,
        place=row["place"] or _PLACES.get(slot.venue, slot.venue),
        did=put(row["did"], voice),
        injuries=put(row["injuries"], voice) or None,
        opinion=put(row["opinion"], voice) or None,
        told_whom=school_dsl,
        told_at=told,
        told_how="PHONE",
        told_reference=f"practice {between(dice, 100, 999)}",
        not_told_because=None,
        categories=tuple(row["categories"].split(" ")),
    )
