"""A page can be read without being seen, loses nothing, and takes text as text (PDF/UA-1)."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing

from oost_desktop.errors import BugError
from oost_desktop.reports.look import BODY
from oost_desktop.reports.page import Page
from oost_desktop.reports.tables import Group
from oost_desktop.reports.text import set_lines

MADE = date(2026, 11, 23)


@pytest.fixture
def page() -> Page:
    return Page("Sheet", "R-1", made_on=MADE)


def test_headings_stand_before_what_they_head(page, read):
    page.heading("Words")
    page.quotation("Said.", "A pupil")
    page.heading("Steps")
    page.bullet_list(["One", "Two"])
    page.heading("Figures", level=3)
    page.table(["Week", "Hours"], [["7 Sep", "5 h"]])
    tags = [node.tag for node in read(page.finish()).root.children]
    assert tags == ["P", "P", "H1", "H2", "BlockQuote", "H2", "L", "H3", "Table"]


def test_a_heading_level_cannot_be_skipped(page):
    with pytest.raises(BugError):
        page.heading("Too deep", level=3)


def test_a_heading_moves_with_the_block_after_it(page, read):
    page.paragraph("\n".join(["A line."] * 34))
    page.heading("Held together")
    page.table(["A", "B"], [["one", "two"]] * 9)
    pdf = read(page.finish()).pdf
    assert "Held together" not in pdf.pages[0].extract_text()
    assert "Held together" in pdf.pages[1].extract_text()


def test_tables_say_which_cells_head_rows_and_columns(page, read):
    page.table(
        ["Week", "Hours"], [Group("Autumn"), ["7 Sep", "5 h"], ["14 Sep", "4 h"]], align="lr"
    )
    reading = read(page.finish())
    rows = [[(cell.tag, cell.scope) for cell in row.children] for row in reading.all("TR")]
    assert rows == [
        [("TH", "Column"), ("TH", "Column")],
        [("TH", "Column")],
        [("TH", "Row"), ("TD", "")],
        [("TH", "Row"), ("TD", "")],
    ]
    assert reading.all("TR")[1].children[0].columns == 2


def test_every_row_of_a_fact_panel_has_as_many_columns(page, read):
    page.facts([(f"Label {n}", f"Value {n}") for n in range(7)], columns=3)
    widths = {sum(cell.columns for cell in row.children) for row in read(page.finish()).all("TR")}
    assert widths == {6}


def test_nothing_is_drawn_that_is_neither_content_nor_artifact(page, read):
    page.heading("All kinds")
    page.facts([("Pupil", "A")])
    page.urgent("Ring 999 first.")
    page.paragraph("Words. " * 400)
    page.quotation("Own words. " * 200, "A")
    page.bullet_list(["one", "two"], numbered=True)
    page.table(["A", "B"], [[str(n), "x " * 40] for n in range(40)])
    page.figure(Drawing(100, 40), "Nothing yet", "A caption")
    page.code(["abcd", "efgh"])
    page.link("Write to us", "mailto:oost@example.org")
    page.signature_line("tutor", "B")
    assert read(page.finish()).stray == []


def test_a_figure_needs_words(page):
    with pytest.raises(BugError):
        page.figure(Drawing(10, 10), "  ")


def test_a_link_is_an_element_and_says_where_it_leads(page, read):
    page.link("Write to us", "mailto:oost@example.org")
    reading = read(page.finish())
    [link] = reading.all("Link")
    [annotation] = [each.get_object() for each in reading.pdf.pages[0]["/Annots"]]
    assert (link.text, link.links) == ("Write to us", 1)
    assert annotation["/Contents"] == "Write to us"
    assert annotation["/A"]["/URI"] == "mailto:oost@example.org"


def test_a_table_over_thirty_pages_loses_no_cell_and_repeats_its_header_for_the_eye_only(
    page, read
):
    rows = [[f"row-{n}", f"{n} h", f"reason {n} " * (n % 40)] for n in range(700)]
    page.table(["Week", "Hours", "Reason"], rows)
    reading = read(page.finish())
    assert len(reading.pdf.pages) > 30
    read_back = [[cell.text for cell in row.children] for row in reading.all("TR")]
    assert read_back[0] == ["Week", "Hours", "Reason"]
    assert read_back[1:] == [[cell.strip() for cell in row] for row in rows]
    assert "Week" in reading.pdf.pages[20].extract_text()


def test_a_cell_taller_than_a_page_stays_one_cell(page, read):
    words = " ".join(f"word{n}" for n in range(3000))
    page.table(["A", "B"], [["first", words]])
    reading = read(page.finish())
    assert [node.text for node in reading.all("TD")] == [words]
    assert len(reading.pdf.pages) > 3


def test_a_fact_taller_than_a_page_is_all_there(page, read):
    words = " ".join(f"word{n}" for n in range(2000))
    page.facts([("Short", "x"), ("Long", words)], columns=2)
    reading = read(page.finish())
    assert [node.text for node in reading.all("TD")] == ["x", words]
    for sheet in reading.pdf.pages:
        assert lowest_words(sheet) > 36


def lowest_words(sheet) -> float:
    """How far above the sheet's foot its lowest line of words stands, in points."""
    heights: list[float] = []
    sheet.extract_text(visitor_text=lambda text, _, matrix, *__: heights.append(matrix[5]))
    return min(height for height in heights if height)


def test_a_paragraph_over_a_page_break_stays_one_paragraph(page, read):
    words = " ".join(f"word{n}" for n in range(3000))
    page.paragraph(words)
    paragraphs = [node.text for node in read(page.finish()).all("P")]
    assert words in paragraphs


def test_user_text_is_never_markup(page, read):
    typed = '<b>5 < 6 & 7</b> &amp; "quoted" (paren) \\n <para> %s {x}'
    page.paragraph(typed)
    page.facts([(typed, typed)], columns=1)
    page.bullet_list([typed])
    page.table([typed, "B"], [[typed, typed]])
    reading = read(page.finish())
    assert reading.text().count(typed) == 7


def test_every_face_is_embedded(page, read):
    page.paragraph("Regular")
    page.quotation("Italic")
    page.heading("Bold")
    page.paragraph("Behind: \u1d8f")
    fonts = read(page.finish()).fonts()
    assert len(fonts) >= 4
    for font in fonts.values():
        assert font["/FontDescriptor"]["/FontFile2"].get_object().get_data()


def test_it_is_titled_in_english_without_a_pupil(page, read):
    page.facts([("Pupil", "Zoë Świątek")])
    pdf = read(page.finish()).pdf
    catalog = pdf.root_object
    assert pdf.metadata.title == "Sheet R-1"
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()
    assert "Zoë" not in str(pdf.metadata)


def test_each_page_says_how_many_there_are_what_it_is_and_how_it_must_be_kept(page, read):
    page.paragraph("Words. " * 1500)
    pdf = read(page.finish()).pdf
    total = len(pdf.pages)
    assert total > 2
    for number, sheet in enumerate(pdf.pages, start=1):
        text = sheet.extract_text()
        assert f"Page {number} of {total}" in text
        assert "R-1 · made 23 November 2026" in text
        assert "Contains personal information: OFFICIAL-SENSITIVE" in text


def test_every_page_of_an_invented_record_says_so(read):
    page = Page("Sheet", "R-1", made_on=MADE, invented=True)
    page.paragraph("Words. " * 1500)
    reading = read(page.finish())
    assert all("PRACTICE" in sheet.extract_text() for sheet in reading.pdf.pages)
    assert "PRACTICE" in reading.root.children[0].text


def test_bookmarks_follow_the_headings(page, read):
    page.heading("First")
    page.paragraph("x")
    page.heading("Inside", level=3)
    page.paragraph("x")
    page.heading("Second")
    page.paragraph("x")
    outline = read(page.finish()).pdf.outline
    title, parts = outline
    assert title["/Title"] == "Sheet"
    first, inside, second = parts
    assert (first["/Title"], second["/Title"]) == ("First", "Second")
    assert [each["/Title"] for each in inside] == ["Inside"]


def test_the_same_words_give_the_same_bytes():
    def made() -> bytes:
        page = Page("Sheet", "R-1", made_on=MADE)
        page.heading("Words")
        page.paragraph("Ŵyn ŷ £ ễ محمد")
        page.table(["A", "B"], [["1", "2"]])
        return page.finish()

    assert made() == made()


@given(st.text(max_size=200), st.floats(min_value=20, max_value=500))
def test_wrapping_loses_no_letter_and_no_line_is_too_wide(text, width):
    lines = set_lines(text, BODY, width)
    kept = "".join(line.typed or line.drawn for line in lines)
    assert _letters(kept) == _letters(text)
    for line in lines:
        one_letter = sum(not unicodedata.combining(each) for each in line.typed or line.drawn) <= 1
        assert line.width <= width + 0.01 or one_letter


def _letters(text: str) -> str:
    """What must survive: composed, without spaces and control characters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        letter
        for letter in composed
        if not letter.isspace()
        and unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
