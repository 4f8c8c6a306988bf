"""The emergency card: what a tutor needs in the hand when something goes wrong at a visit.

Meant for one sheet, folded once. It holds what is needed to keep a child safe and nothing else.
"""

from dataclasses import dataclass
from datetime import date

from oost_desktop.reports.page import Page


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to ring: name, who they are to the pupil, telephone number as it is dialled."""

    name: str
    relation: str
    telephone: str


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """What the card says. Blank means not recorded.

    `medical` is what to know of medication and allergies, and what to do.
    """

    pupil: str
    pupil_reference: str
    address: str
    made_on: date
    date_of_birth: str = ""
    getting_in: str = ""
    must_be_present: str = ""
    medical: str = ""
    contacts: tuple[Contact, ...] = ()
    safeguarding: tuple[Contact, ...] = ()
    invented: bool = False


def render(card: EmergencyCard) -> bytes:
    """The card as a tagged PDF."""
    page = Page(
        "Emergency card",
        card.pupil_reference,
        made_on=card.made_on,
        invented=card.invented,
    )
    page.urgent("In an emergency call 999 first, and say where you are.")
    page.facts(
        [
            ("Pupil", card.pupil),
            ("Date of birth", card.date_of_birth),
            ("Where you are", card.address),
            ("Getting in", card.getting_in),
            ("Who must be present", card.must_be_present or "Not recorded: ask the office"),
        ],
        columns=2,
    )
    page.heading("Medication and what to know")
    page.paragraph(card.medical if card.medical.strip() else "Nothing is recorded.")
    page.heading("Ring")
    _contacts(page, card.contacts, "No contacts are recorded: ring the office.")
    page.heading("If you are worried about a child’s safety")
    _contacts(page, card.safeguarding, "No safeguarding lead is recorded: ring the office.")
    return page.finish()


def _contacts(page: Page, contacts: tuple[Contact, ...], none: str) -> None:
    if not contacts:
        page.paragraph(none)
        return
    page.table(
        ["Name", "Who they are", "Telephone"],
        [[contact.name, contact.relation, contact.telephone] for contact in contacts],
    )
