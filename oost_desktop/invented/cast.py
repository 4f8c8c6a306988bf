"""The fourteen pupils every invented service begins with, and why each of them is there.

Together they are the hard cases: two with one name, one with a single name, one born on
29 February, a confidential address with a father who must not be contacted, a part-time return,
a pupil shared by two tutors, one not yet allocated, one not seen for eleven days.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Part:
    """One pupil of the cast. `tutor` counts from 0; `age_year` is the year group when it begins."""

    forename: str
    surname: str | None
    sex: str
    born: tuple[int, int]
    year: int
    school: int
    tutor: int
    reason: str
    town: str
    venue: str
    first_subject: str
    preferred: str | None = None
    sen: str = "N"
    health: int = 0
    adult: str = "MOTHER"
    shared_with: int | None = None
    confidential: bool = False
    integrating: bool = False
    unallocated: bool = False
    silent_days: int = 0

    def date_of_birth(self, today: date) -> date:
        """The birthday that puts the pupil into `year` today; 29 February in a leap year."""
        began = today.year if today.month >= 9 else today.year - 1
        month, day = self.born
        born = began - 4 - self.year - (month >= 9)
        if (month, day) == (2, 29):
            born -= born % 4
        return date(born, month, day)


CAST: tuple[Part, ...] = (
    Part("Zoë", "Świątek", "F", (10, 14), 10, 0, 0, "MENT", "Matlock", "HOME", "MAT",
         sen="E", health=5),
    Part("Tadhg", "Ŵilliams", "M", (5, 3), 9, 2, 0, "MENT", "Ripley", "ONLINE", "ENG",
         sen="K", health=7, shared_with=1),
    Part("Amina", "Khatun", "F", (1, 30), 8, 1, 0, "MED", "Wirksworth", "HOSPITAL", "SCI",
         health=2, adult="FATHER"),
    Part("Hana", "Nguyễn", "F", (9, 20), 11, 2, 1, "PREG", "Belper", "HOME", "ENG", health=10),
    Part("Yusuf", "Ibrahim", "M", (12, 2), 11, 2, 1, "MED", "Alfreton", "HOME", "MAT",
         preferred="يوسف", health=3),
    Part("Kwame", "Taylor-Reed", "M", (7, 19), 7, 3, 2, "MENT", "New Mills", "LIBRARY", "ENG",
         health=6, integrating=True),
    Part("Siân", "MacAulay", "F", (2, 29), 6, 4, 2, "MED", "Glossop", "HOME", "MAT",
         health=1, adult="GRAND"),
    Part("Rhys", "al-Hassan", "M", (3, 8), 9, 1, 0, "MED", "Matlock", "HOME", "ENG",
         health=4, silent_days=11),
    Part("Ottoline", "Ferreira", "F", (11, 25), 10, 0, 0, "MENT", "Bakewell", "HOME", "MAT",
         health=9, confidential=True),
    Part("Parwana", None, "F", (4, 11), 8, 4, 2, "MENT", "Glossop", "LIBRARY", "ENG",
         sen="K", health=6),
    Part("Amina", "Khatun", "F", (6, 6), 5, 8, 1, "MED", "Buxton", "HOME", "ENG", health=0),
    Part("Ewa", "Kowalczyk", "F", (8, 31), 8, 4, 2, "MENT", "Glossop", "HOME", "MAT",
         health=8, unallocated=True),
    Part("Ravi", "Szabó", "M", (2, 17), 10, 3, 3, "MED", "New Mills", "HOME", "SCI",
         preferred="रवि", health=3, integrating=True),
    Part("Priya", "Dhillon", "F", (5, 27), 9, 1, 3, "MENT", "Matlock", "ONLINE", "ENG", health=5),
)  # fmt: skip

TUTORS = ("Jo Marsden", "Peju Adeyemi", "Sunil Ward", "Lin Brough")
COORDINATOR, DSL, SENIOR = "Kofi Osei", "Maeve Gallagher", "Ruth Heathcote"
