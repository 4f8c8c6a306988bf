"""Numbers with right check digits, for invented people only.

A real UPN, ULN or TRN is issued, never calculated; nothing outside this package may call these.
"""

from stdnum.gb.upn import calc_check_digit

DRAMA_LANDLINES = "01632 960"  # Ofcom keeps these ranges for drama: nobody can be rung on them
DRAMA_MOBILES = "07700 900"


def invented_upn(laestab: str, entered: int, serial: int) -> str:
    """A UPN of an invented school: its number, the year of entry and a serial from 0."""
    body = f"{laestab}{entered % 100:02d}{serial % 1000:03d}"
    return upn_letter(body) + body


def upn_letter(body: str) -> str:
    """The check letter of the twelve characters that follow it."""
    return calc_check_digit(body)


def invented_uln(serial: int) -> str:
    """A ULN; serials without one are passed over."""
    stem = 990_000_000 + serial * 11
    while True:
        digits = str(stem)
        left = sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
        if left != 0:
            return f"{digits}{10 - left}"
        stem += 1


def landline(serial: int) -> str:
    """A telephone number at which nobody lives."""
    return f"{DRAMA_LANDLINES}{serial % 1000:03d}"


def mobile(serial: int) -> str:
    """A mobile number that nobody has."""
    return f"{DRAMA_MOBILES}{serial % 1000:03d}"
