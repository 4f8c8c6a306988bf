"""A few safeguarding concerns of the everyday kind: words as said, what was asked, what was done.

Written to practise careful recording on: fact and opinion apart, nothing promised, nobody
accused. None is taken from a real case.
"""

from datetime import date, timedelta
from random import Random

from oost_desktop.clock import london
from oost_desktop.invented.records import InventedConcern, Voice
from oost_desktop.invented.script import put
from oost_desktop.invented.source import between, pick, rows

ONE_IN = 6  # how rarely a pupil of the invented service has a concern


def draw_concern(
    dice: Random, voice: Voice, pupil: str, tutor: str, school_dsl: str, span: tuple[date, date]
) -> InventedConcern:
    """One concern on a weekday within the span, written up the same day."""
    row = pick(dice, rows("concerns"))
    first, last = span
    day = first + timedelta(days=between(dice, 0, max(0, (last - first).days)))
    day -= timedelta(days=max(0, day.weekday() - 4))
    day = max(day, first)
    happened = london(day, between(dice, 10, 14), between(dice, 0, 59))
    told = happened + timedelta(minutes=between(dice, 8, 40))
    return InventedConcern(
        key=f"{pupil}-concern-1",
        made_by=tutor,
        made_at=told + timedelta(minutes=25),
        pupil=pupil,
        written_at=told + timedelta(minutes=20),
        verbatim=put(row["verbatim"], voice),
        asked=put(row["asked"], voice) or None,
        present=put(row["present"], voice),
        happened_at=happened,
        place=row["place"],
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
