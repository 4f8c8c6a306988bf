"""Names in any script come out readable, and are found again as they were typed."""

from datetime import date

import pytest

from oost_desktop.reports import fonts, scripts
from oost_desktop.reports.page import Page

NAMES = [
    "Zoë Świątek",
    "Ŵyn Tŷ",
    "Nguyễn Thị Ngọc",
    "Ελένη Παπαδοπούλου",
    "Софія Коваль",
    "محمد علي",
    "פלונית כהן",
    "प्रिया शर्मा",
    "สมชาย ใจดี",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_back_as_it_was_typed(name, read):
    page = Page("Sheet", "R-1", made_on=date(2026, 11, 23))
    page.paragraph(name)
    page.facts([("Pupil", name)])
    page.table(["Name", "B"], [[name, f"With {name} beside Latin"]])
    reading = read(page.finish())
    assert reading.text().count(name) == 4


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_of_a_name_is_in_the_face(name):
    drawn = scripts.visual(name, right_to_left=scripts.is_right_to_left(name))
    assert set(drawn) <= fonts.widths(fonts.Face.REGULAR).keys()


def test_arabic_letters_join_and_run_from_right_to_left():
    # meem-hah-meem-dal: initial, medial, medial, final; then drawn backwards (Unicode chart FE70).
    assert scripts.visual("محمد", right_to_left=True) == "\ufeaa\ufee4\ufea4\ufee3"


def test_lam_alef_is_one_sign():
    assert scripts.visual("لا", right_to_left=True) == "\ufefb"


def test_a_letter_that_does_not_join_forwards_breaks_the_word():
    # dal never joins what follows: the alef after it stands alone.
    assert scripts.visual("دا", right_to_left=True) == "اد"


def test_numbers_keep_their_order_inside_right_to_left_text():
    assert scripts.visual("אב 12/03 גד", right_to_left=True) == "דג 12/03 בא"


def test_right_to_left_words_inside_english_stay_in_their_place():
    assert scripts.visual("Seen by (אב גד) today", right_to_left=False) == "Seen by (דג בא) today"


def test_english_inside_right_to_left_text_is_not_reversed():
    assert scripts.visual("אב Tom גד", right_to_left=True) == "דג Tom בא"


def test_brackets_turn_with_the_text():
    assert scripts.visual("(אב)", right_to_left=True) == "(בא)"


def test_the_short_i_stands_before_its_consonant():
    assert scripts.visual("कि", right_to_left=False) == "\u093fक"


@pytest.mark.parametrize(
    ("letter", "said"),
    [("✓", "[check mark]"), ("☐", "[ballot box]"), ("😀", "[grinning face]"), ("王", "[U+738B]")],
)
def test_a_letter_no_face_has_is_said_in_words_and_kept_as_typed(letter, said, read):
    page = Page("Sheet", "R-1", made_on=date(2026, 11, 23))
    page.paragraph(f"Done {letter} today")
    reading = read(page.finish())
    assert said in reading.pdf.pages[0].extract_text()
    assert f"Done {letter} today" in reading.text()
