"""The recovery sheet of the emergency kit: a code on paper that opens a vault without passphrase.

It names no pupil and no passphrase. The code comes in from the key store and goes nowhere but
onto the page; the bytes must be printed, or saved only where the person chooses.
"""

from dataclasses import dataclass
from datetime import date

from oost_desktop.reports.page import Page


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """`groups` is the code as the key store cuts it, in order. `opens` ends "This code opens …".

    `check` is a short mark, shown also by the program, that tells this sheet from an older one.
    """

    groups: tuple[str, ...]
    opens: str
    holder: str
    made_on: date
    check: str = ""
    invented: bool = False


def render(sheet: RecoverySheet) -> bytes:
    """The sheet as a tagged PDF."""
    page = Page(
        "Recovery sheet",
        sheet.check,
        made_on=sheet.made_on,
        subtitle="For the day a passphrase is lost",
        marking="Keep locked away",
        classification="",
        invented=sheet.invented,
    )
    page.paragraph(
        f"This code opens {sheet.opens}. Whoever holds this sheet and that computer can read "
        "everything in it, so keep the two apart."
    )
    page.facts([("Belongs to", sheet.holder), ("Check mark", sheet.check)], columns=2)
    page.heading("The code")
    page.code(sheet.groups)
    page.heading("Where to keep it")
    page.bullet_list(
        [
            "Lock it away, in the office safe or in an envelope signed across the seal.",
            "Never in the bag with the laptop.",
            "Do not photograph it, e-mail it, or copy it into a file.",
            "If it may have been seen or lost, make a new one: the old code then stops working.",
        ]
    )
    page.heading("How to use it")
    page.bullet_list(
        [
            "Start OOST Desktop and choose “I have lost my passphrase”.",
            "Type the code, group by group, in the order of the numbers.",
            "Choose a new passphrase, and print a new sheet. Destroy this one.",
        ],
        numbered=True,
    )
    return page.finish()
