"""A document is put on paper as it was shown, and a computer without a printer says so."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QWidget

from oost_desktop.errors import UserError
from oost_desktop.services import documents, pupils
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.documents_page import DocumentsPage
from oost_desktop.views.pages.emergency_page import EmergencyPage
from oost_desktop.views.prompts import QtPrompts

Show = Callable[..., Any]


def _sheets(path: Any) -> list[tuple[int, int, int]]:
    """For each sheet its size in points, and the darkest grey on it."""
    found = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        picture = page.render(scale=0.5, grayscale=True).to_pil()
        found.append((round(page.get_width()), round(page.get_height()), picture.getextrema()[0]))
    document.close()
    return found


def test_every_page_of_a_report_becomes_a_sheet_with_ink_on_it(tutor: Desk, show: Show) -> None:
    stand = show(DocumentsPage, tutor, pupils.rows(tutor)[0].pupil.id)
    assert not stand.page.print_button.isEnabled()
    stand.page.make()
    stand.bot.waitUntil(lambda: stand.page.view.pages > 0)
    with stand.bot.waitSignal(stand.page.printing.printed):
        stand.page.print_button.click()
    sheets = _sheets(stand.answers.to / "paper.pdf")
    assert len(sheets) == stand.page.view.pages
    assert all(darkest < 128 for _width, _height, darkest in sheets)
    assert [words for words, _act, _do in stand.told] == ["Sent to the printer."]


def test_the_emergency_card_goes_to_the_printer_in_one_press(tutor: Desk, show: Show) -> None:
    pupil = pupils.rows(tutor)[0].pupil.id
    stand = show(EmergencyPage, tutor, pupil)
    (button,) = [
        each
        for each in stand.page.findChildren(QWidget)
        if getattr(each, "text", str)() == "Print the card…"
    ]
    with stand.bot.waitSignal(stand.page.printing.printed):
        button.click()
    paper = pypdfium2.PdfDocument(documents.render(tutor, "emergency", pupil))
    assert len(_sheets(stand.answers.to / "paper.pdf")) == len(paper)
    paper.close()


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="there is a printer here")
def test_without_a_printer_saving_is_offered_instead(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(UserError, match="no printer") as refused:
        QtPrompts(window).printer("Print", print)
    assert "Save" in refused.value.advice
