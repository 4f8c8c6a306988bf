"""One invented pupil and the adults around them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from oost_desktop.invented.cast import Part
from oost_desktop.invented.names import draw_name
from oost_desktop.invented.numbers import invented_uln, invented_upn, mobile
from oost_desktop.invented.places import SchoolPlace, draw_address, draw_town, schools_for
from oost_desktop.invented.records import InventedContact, InventedPupil, Voice
from oost_desktop.invented.script import put
from oost_desktop.invented.source import between, pick, rows, seeded
from oost_desktop.models.ages import key_stage, year_group

_ADULTS = {"MOTHER": ("mum", "Mrs"), "FATHER": ("dad", "Mr"), "GRAND": ("nan", "Mrs")}
_MOODS = {"MED": ("tired", "pain"), "MENT": ("anxious",), "PREG": ("tired",)}
_FIRST_PARENT, _SECOND_PARENT = 114, 514  # mobiles 07700 900114 … and 900514 …
NOTE = "Invented for practice. This child does not exist."


@dataclass(frozen=True, slots=True)
class Family:
    """A pupil, the people to ring, and how the pupil is spoken of."""

    voice: Voice
    pupil: InventedPupil
    contacts: tuple[InventedContact, ...]
    school: SchoolPlace
    town: str
    seen_by: str


def cast_part(number: int, part: Part, today: date, schools: tuple[SchoolPlace, ...]) -> "Sketch":
    """A sketch of one of the cast."""
    return Sketch(
        number, part.forename, part.surname, part.preferred, part.sex,
        part.date_of_birth(today), part.reason, part.sen, part.town, schools[part.school],
        part.health, part.adult, part.confidential, today,
    )  # fmt: skip


def stranger(
    seed: int, number: int, leaving: date, today: date, schools: tuple[SchoolPlace, ...]
) -> "Sketch":
    """A sketch of a pupil drawn by dice, of school age on the last day of their placement."""
    dice = seeded(seed, "person", number)
    sex = pick(dice, ("F", "F", "M", "M", "F", "M", "U"))
    name = draw_name(dice, sex)
    oldest = 11 - max(0, (today - leaving).days // 365 - 2)
    year = max(1, min(oldest, between(dice, 3, 14) if dice.random() < 0.9 else 2, oldest))
    born = _born_in_cohort(leaving, year, between(dice, 0, 360))
    reason = pick(dice, ("MED", "MED", "MENT", "MENT", "MENT"))
    if sex == "F" and year == 11 and dice.random() < 0.06:
        reason = "PREG"
    health = pick(
        dice, [place for place, row in enumerate(rows("health")) if row["reason"] == reason]
    )
    uses_script = name.own_script and dice.random() < 0.3
    return Sketch(
        number, name.forename, name.surname, name.own_script if uses_script else None, sex,
        born, reason, pick(dice, ("N", "N", "K", "E")), draw_town(dice),
        pick(dice, schools_for(schools, year)), health,
        pick(dice, ("MOTHER", "MOTHER", "MOTHER", "FATHER", "GRAND")),
        dice.random() < 0.02, leaving,
    )  # fmt: skip


def _born_in_cohort(on: date, year: int, offset: int) -> date:
    began = on.year if on.month >= 9 else on.year - 1
    return date(began - 5 - year, 9, 1) + timedelta(days=offset)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is decided about a pupil before the rest follows. `as_of` dates the year group."""

    number: int
    forename: str
    surname: str | None
    preferred: str | None
    sex: str
    born: date
    reason: str
    sen: str
    town: str
    school: SchoolPlace
    health: int
    adult: str
    confidential: bool
    as_of: date

    @property
    def key(self) -> str:
        """The pupil's key."""
        return f"pupil-{self.number + 1:04d}"

    def voice(self, seed: int) -> Voice:
        """How the pupil is spoken of."""
        adult, title = _ADULTS[self.adult]
        stage = key_stage(min(11, max(1, year_group(self.born, self.as_of)))) or 1
        mood = pick(seeded(seed, self.key, "mood"), _MOODS[self.reason])
        surname = self.surname or self.forename
        return Voice(self.forename, adult, title, surname, self.adult, self.reason, mood, stage)

    def family(self, seed: int, author: str, made_at: datetime) -> Family:
        """The pupil in full, with family, school and doctor."""
        voice = self.voice(seed)
        pupil = self._pupil(seed, voice, author, made_at)
        contacts = self._contacts(voice, author, made_at)
        seen_by = rows("health")[self.health]["consultant"]
        return Family(voice, pupil, contacts, self.school, self.town, seen_by)

    def _pupil(self, seed: int, voice: Voice, author: str, made_at: datetime) -> InventedPupil:
        dice = seeded(seed, self.key, "home")
        health = rows("health")[self.health]
        address, postcode = draw_address(dice, self.town)
        year = min(13, max(0, year_group(self.born, self.as_of)))
        return InventedPupil(
            key=self.key,
            made_by=author,
            made_at=made_at,
            legal_surname=self.surname,
            legal_forename=self.forename,
            preferred_surname=None,
            preferred_forename=self.preferred or self.forename,
            date_of_birth=self.born,
            nc_year=year,
            sex=self.sex,
            school=self.school.record.key,
            upn=invented_upn(self.school.record.laestab, self.born.year + 5, self.number),
            uln=invented_uln(self.number) if year >= 10 else None,
            sen=self.sen,
            address=address,
            postcode=postcode,
            address_confidential=self.confidential,
            emergency=put(health["emergency"], voice),
            medication=put(health["medication"], voice) or None,
            allergies=(health["allergies"],) if health["allergies"] else (),
            who_is_in=f"{voice.adult.capitalize()} or another adult, all through the lesson",
            note=f"{NOTE} {health['why']}.",
        )

    def _contacts(
        self, voice: Voice, author: str, made_at: datetime
    ) -> tuple[InventedContact, ...]:
        def contact(suffix: str, **values: object) -> InventedContact:
            facts: dict[str, object] = {
                "relationship": None, "organisation": None, "email": None, "phone": None,
                "has_parental_responsibility": None, "must_not_contact": False,
                "restriction": None, "since": made_at.date(),
            }  # fmt: skip
            facts.update(values)
            key = f"{self.key}-contact-{suffix}"
            return InventedContact(
                key=key,
                made_by=author,
                made_at=made_at,
                pupil=self.key,
                **facts,  # type: ignore[arg-type]
            )

        school = self.school.record
        surname = voice.adult_surname
        people = [
            contact("parent", name=f"{voice.adult_title} {surname}", role=self.adult,
                    relationship=voice.adult, phone=mobile(_FIRST_PARENT + self.number),
                    has_parental_responsibility=self.adult != "GRAND"),
            contact("named", name=self.school.named_person, role="NAMED", organisation=school.name,
                    phone=self.school.named_person_phone, email=school.email),
            contact("health", name=rows("health")[self.health]["consultant"],
                    role="CAMHS" if self.reason == "MENT" else "CONSULTANT"),
        ]  # fmt: skip
        other = "MOTHER" if self.adult == "FATHER" else "FATHER"
        word, title = _ADULTS[other]
        if self.confidential:
            people.append(
                contact("other", name=f"{title} {surname}", role=other, relationship=word,
                        has_parental_responsibility=True, must_not_contact=True,
                        restriction="Court order (invented): no contact, address not to be given.")
            )  # fmt: skip
        elif self.number % 3 == 0:
            people.append(
                contact("other", name=f"{title} {surname}", role=other, relationship=word,
                        phone=mobile(_SECOND_PARENT + self.number),
                        has_parental_responsibility=True)
            )  # fmt: skip
        return tuple(people)
