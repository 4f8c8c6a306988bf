"""Checks of the numbers and dates by which children, schools and teachers are known.

Each check takes one value and returns what is wrong with it, in the words of a form, as a list
of `Problem` (empty when nothing is). A value is judged as typed but for spaces and case, which
`tidy_…` puts right. Numbers are only checked here: nothing makes one, because issuing them is
the school's and the department's business.
"""

import re
from datetime import date

from stdnum.gb.upn import calc_check_digit as upn_check_letter

from oost_desktop.models.ages import age_on, compulsory_school_age, year_group
from oost_desktop.models.codes import code_list
from oost_desktop.models.problems import Problem

YOUNGEST, OLDEST = 4, 19
FIRST_YEAR, LAST_YEAR = 0, 13

_UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
_UCI = re.compile(r"[0-9]{5}[0-9A-Z][0-9]{6}[A-HK-MRTVWXY]")
_UCI_LETTERS = "ABCDEFGHKLMRTVWXY"
_POSTCODE = re.compile(
    r"(GIR 0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW])"
    r" [0-9][ABD-HJLNP-UW-Z]{2})"
)
NO_FIXED_ABODE = "ZZ99 3VZ"
_EXTENSION = re.compile(r"\s*(?:ext(?:ension)?\.?|x)\s*[0-9]{1,6}$", re.IGNORECASE)


def upn(value: str) -> list[Problem]:
    """A unique pupil number: 13 characters, mod 23 (DfE). Temporary or unknown area: warning."""
    number = _compact(value)
    if len(number) != 13:
        return [Problem("upn", f"A UPN has 13 characters; this has {len(number)}.")]
    if set(number) & set("IOS"):
        return [Problem("upn", "A UPN never has the letters I, O or S: check for 1, 0 or 5.")]
    if not _UPN.fullmatch(number):
        return [
            Problem("upn", "A UPN is one letter and 12 digits; a temporary one ends in a letter.")
        ]
    expected = upn_check_letter(number[1:])
    if number[0] != expected:
        return [
            Problem(
                "upn",
                f"These digits belong to a UPN that starts with {expected}. "
                "Check each one against the school's record.",
            )
        ]
    return [*_unknown_authority("upn", number[1:4]), *_temporary(number)]


def _temporary(number: str) -> list[Problem]:
    if number[-1].isdigit():
        return []
    return [
        Problem("upn", "This UPN is temporary. Ask the school for the permanent one.", warning=True)
    ]


def uln(value: str) -> list[Problem]:
    """A unique learner number: 10 digits, weights 10 to 1, mod 11 leaves 10 (HESA)."""
    number = _compact(value)
    if not _digits(number, 10):
        return [Problem("uln", "A ULN has 10 digits.")]
    if number[0] == "0":
        return [Problem("uln", "A ULN never starts with 0.")]
    left = _weighted(number, 10) % 11
    if left == 10:
        return []
    if left == 0:
        return [Problem("uln", "This looks like an NHS number. Do not keep it here.")]
    return [Problem("uln", "No ULN has these digits. Check each one against the school's record.")]


def nhs_number(value: str) -> list[Problem]:
    """An NHS number: 10 digits, mod 11. Held only where the service has switched it on."""
    number = _compact(value)
    if not _digits(number, 10):
        return [Problem("nhs_number", "An NHS number has 10 digits.")]
    if _weighted(number, 10) % 11 == 0:
        return []
    return [Problem("nhs_number", "No NHS number has these digits. Check each one.")]


def uci(value: str) -> list[Problem]:
    """A unique candidate identifier: 12 characters and a letter, mod 17 (awarding bodies)."""
    number = _compact(value)
    if not _UCI.fullmatch(number):
        return [Problem("uci", "A UCI has 12 digits and a letter, as in 681990012058G.")]
    if not number[:12].isdigit():
        # Centres may put a letter in sixth place; its weight is not published.
        return [Problem("uci", "The last letter of this UCI cannot be checked.", warning=True)]
    expected = _UCI_LETTERS[_weighted(number[:12], 16) % 17]
    if number[12] == expected:
        return []
    return [
        Problem("uci", f"These digits belong to a UCI that ends in {expected}. Check each one.")
    ]


def urn(value: str) -> list[Problem]:
    """A school's unique reference number: 6 digits, from 100000."""
    number = _compact(value)
    if _digits(number, 6) and number[0] != "0":
        return []
    return [Problem("urn", "A URN has 6 digits and does not start with 0.")]


def laestab(value: str) -> list[Problem]:
    """A school's DfE number: authority (3 digits) and establishment (4), 8304000 or 830/4000."""
    number = _compact(value).replace("/", "")
    if not _digits(number, 7):
        return [
            Problem("laestab", "A DfE number has 7 digits: 3 for the authority, 4 for the school.")
        ]
    return _unknown_authority("laestab", number[:3])


def trn(value: str) -> list[Problem]:
    """A teacher reference number: 7 digits, leading zeros kept."""
    number = _compact(value).replace("/", "")
    if _digits(number, 7):
        return []
    return [Problem("trn", "A teacher reference number has 7 digits.")]


def centre_number(value: str) -> list[Problem]:
    """An examination centre's number: 5 digits."""
    if _digits(_compact(value), 5):
        return []
    return [Problem("centre_number", "A centre number has 5 digits.")]


def candidate_number(value: str) -> list[Problem]:
    """A candidate's number at a centre: 0001 to 9999."""
    number = _compact(value)
    if _digits(number, 4) and number != "0000":
        return []
    return [Problem("candidate_number", "A candidate number has 4 digits, from 0001 to 9999.")]


def postcode(value: str) -> list[Problem]:
    """A UK postcode. The NHS's code for "no fixed abode" is remarked on, not refused."""
    tidy = tidy_postcode(value)
    if tidy == NO_FIXED_ABODE:
        return [Problem("postcode", "This postcode means no fixed abode.", warning=True)]
    if _POSTCODE.fullmatch(tidy):
        return []
    return [Problem("postcode", "A postcode looks like DE4 3AG. Check its letters and digits.")]


def tidy_postcode(value: str) -> str:
    """Upper case with one space before the last three characters."""
    letters = _compact(value)
    return f"{letters[:-3]} {letters[-3:]}" if len(letters) > 4 else letters


def phone(value: str) -> list[Problem]:
    """A telephone number, spaces and extension allowed. Only what cannot be rung is refused."""
    number = e164(value)
    if number is None:
        return [Problem("phone", "A telephone number looks like 01632 960123 or +44 1632 960123.")]
    if number.startswith("+44") and len(number) - 3 not in (9, 10):
        message = "Most UK numbers have 10 or 11 digits with the first 0. Check this one."
        return [Problem("phone", message, warning=True)]
    return []


def e164(value: str) -> str | None:
    """The number as +44…, without its extension; None if it cannot be one.

    What the person typed is what is kept and shown; this form is for comparing and dialling.
    """
    bare = _EXTENSION.sub("", value.strip()).replace("(0)", "")
    digits = re.sub(r"[\s().\-]", "", bare)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("0"):
        digits = "+44" + digits[1:]
    if not re.fullmatch(r"\+[1-9][0-9]{7,14}", digits):
        return None
    if digits.startswith("+44") and not 7 <= len(digits) - 3 <= 11:
        return None
    return digits


def email(value: str) -> list[Problem]:
    """An e-mail address: one @, no spaces, a dot after it. Whether it exists is not checked."""
    if re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", value.strip()):
        return []
    return [Problem("email", "An e-mail address looks like name@school.org.uk.")]


def date_of_birth(born: date, on: date) -> list[Problem]:
    """A pupil's date of birth, looked at on a day: past, age 4 to 19, school age or a warning."""
    if born >= on:
        return [Problem("date_of_birth", "Date of birth must be in the past.")]
    age = age_on(born, on)
    if not YOUNGEST <= age <= OLDEST:
        message = f"This makes the pupil {age}. Pupils are from {YOUNGEST} to {OLDEST} years old."
        return [Problem("date_of_birth", message)]
    first, last = compulsory_school_age(born)
    if first <= on <= last:
        return []
    when = f"begins on {first:%d/%m/%Y}" if on < first else f"ended on {last:%d/%m/%Y}"
    message = f"Compulsory school age {when}."
    return [Problem("date_of_birth", message, warning=True)]


def nc_year(year: int, born: date | None, on: date) -> list[Problem]:
    """A national curriculum year, 0 to 13; a warning when the age says another."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return [Problem("nc_year", "Year group must be from 0 (Reception) to 13.")]
    if born is None or year_group(born, on) == year:
        return []
    message = (
        f"By date of birth this is Year {year_group(born, on)}. Keep it if the school says so."
    )
    return [Problem("nc_year", message, warning=True)]


def _unknown_authority(field: str, code: str) -> list[Problem]:
    if code_list("local_authorities").get(code) is not None:
        return []
    message = f"Authority {code} is not on our list. Check it with the school."
    return [Problem(field, message, warning=True)]


def _compact(value: str) -> str:
    return re.sub(r"\s", "", value).upper()


def _digits(number: str, length: int) -> bool:
    return len(number) == length and number.isascii() and number.isdigit()


def _weighted(digits: str, first_weight: int) -> int:
    return sum(int(digit) * (first_weight - place) for place, digit in enumerate(digits))
