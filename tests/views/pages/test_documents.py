"""Paper is looked at before it goes out, leaves with a warning, and stays in the file as it was."""

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from oost_desktop.services import documents, drafting
from oost_desktop.services.desk import Desk
from oost_desktop.services.naming import PupilName
from oost_desktop.services.progress import term_so_far
from oost_desktop.views.pages.documents_page import DocumentsPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand


def _pupil(desk: Desk, place: int = 0) -> PupilName:
    return documents.offer(desk).pupils[place]


def _stand(
    show: Show, desk: Desk, subject: object = None, width: int = 1120
) -> tuple[DocumentsPage, Stand]:
    stand = show(DocumentsPage, desk, subject, size=(width, 900))
    assert isinstance(stand.page, DocumentsPage)
    return stand.page, stand


def _make(page: DocumentsPage, stand: Stand) -> None:
    stand.bot.mouseClick(page.make_button, Qt.MouseButton.LeftButton)
    stand.bot.waitUntil(lambda: page.view.pages > 0)
    stand.settle()


@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_everything(
    tutor: Desk, show: Show, dress: Dress, percent: int
) -> None:
    dress(Scheme.LIGHT, percent)
    page, stand = _stand(show, tutor, _pupil(tutor).id, 1040)
    assert nameless(page) + small_targets(page) + clipped(stand.window) == []
    assert stand.errors == []


def test_for_a_named_pupil_enter_makes_this_terms_report(tutor: Desk, show: Show) -> None:
    pupil = _pupil(tutor)
    page, stand = _stand(show, tutor, pupil.id)
    assert (page.first.value(), page.last.value()) == term_so_far(tutor)
    assert page.make_button.hasFocus()
    _make(page, stand)
    words = " ".join(each.accessibleDescription() for each in page.view.findChildren(QLabel))
    assert pupil.name in words


def test_without_a_pupil_nothing_can_be_made(tutor: Desk, show: Show) -> None:
    page, _ = _stand(show, tutor)
    assert not page.make_button.isEnabled()
    assert not page.save_button.isEnabled()
    assert not page.file_button.isEnabled()


def test_saving_says_that_the_file_is_not_encrypted_and_names_nobody(
    tutor: Desk, show: Show
) -> None:
    pupil = _pupil(tutor)
    page, stand = _stand(show, tutor, pupil.id)
    _make(page, stand)
    stand.bot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    stand.settle()
    (asked,) = stand.answers.asked
    assert "not encrypted" in asked.words
    (name,) = stand.answers.suggested
    assert not any(part.casefold() in name.casefold() for part in pupil.name.split())
    assert page.paper is not None
    assert (stand.answers.to / name).read_bytes() == page.paper.pdf


def test_what_is_filed_is_what_was_on_show_and_opens_again(tutor: Desk, show: Show) -> None:
    pupil = _pupil(tutor)
    page, stand = _stand(show, tutor, pupil.id)
    page.recipient.setText("The school")
    _make(page, stand)
    assert page.paper is not None
    given_out = page.paper.pdf
    before = page.model.rowCount()
    stand.bot.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    stand.bot.waitUntil(lambda: page.model.rowCount() == before + 1)
    assert not page.file_button.isEnabled()
    newest = documents.filed(tutor, pupil.id)[0]
    assert newest.recipient == "The school"
    assert newest.fingerprint == hashlib.sha256(given_out).hexdigest()[:8]
    page.kind.set_value("emergency")
    _make(page, stand)
    page.table.select_id(newest.id)
    stand.bot.keyClick(page.table, Qt.Key.Key_Return)
    stand.settle()
    assert page.paper.pdf == given_out
    assert not page.file_button.isEnabled()


def test_a_document_named_in_a_pupils_file_opens_as_it_was_given_out(
    tutor: Desk, show: Show
) -> None:
    pupil = _pupil(tutor)
    pdf = documents.render(tutor, "emergency", pupil.id)
    entity = documents.file_document(tutor, pupil.id, "emergency", pdf, "Emergency card")
    page, stand = _stand(show, tutor, documents.Kept(pupil.id, entity))
    stand.bot.waitUntil(lambda: page.paper is not None)
    stand.settle()
    assert page.paper is not None
    assert page.paper.pdf == pdf
    assert page.pupil_on_show() == pupil.id
    assert page.view.pages > 0


def test_a_period_that_ends_before_it_begins_is_refused_with_a_reason(
    tutor: Desk, show: Show
) -> None:
    page, stand = _stand(show, tutor, _pupil(tutor).id)
    first, last = term_so_far(tutor)
    page.first.set_value(last)
    page.last.set_value(first)
    stand.bot.mouseClick(page.make_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert [str(error) for error in stand.errors] == ["The last day is before the first."]
    assert page.paper is None


def test_another_pupil_takes_the_first_ones_paper_off_the_screen(tutor: Desk, show: Show) -> None:
    page, stand = _stand(show, tutor, _pupil(tutor).id)
    _make(page, stand)
    page.show_for(_pupil(tutor, 1).id)
    stand.settle()
    assert page.paper is None
    assert page.view.pages == 0


def test_a_narrative_half_written_is_there_when_one_comes_back(tutor: Desk, show: Show) -> None:
    first, second = _pupil(tutor), _pupil(tutor, 1)
    page, stand = _stand(show, tutor, first.id)
    stand.bot.keyClicks(page.narrative, "He reads aloud now")
    page.leave()
    page.show_for(second.id)
    stand.settle()
    assert page.narrative.value() == ""
    page.show_for(f"documents:{first.id}")
    stand.settle()
    assert page.narrative.value() == "He reads aloud now"


def _kept(desk: Desk) -> list[dict[str, str]]:
    return [each.content["values"] for each in drafting.all_drafts(desk)]


def test_a_narrative_is_kept_within_two_seconds_without_leaving(tutor: Desk, show: Show) -> None:
    pupil = _pupil(tutor)
    page, stand = _stand(show, tutor, pupil.id)
    stand.bot.keyClicks(page.recipient, "His aunt")
    stand.bot.keyClicks(page.narrative, "He reads aloud now")
    stand.bot.waitUntil(lambda: bool(_kept(tutor)), timeout=2000)
    (words,) = _kept(tutor)
    assert words == {"pupil": pupil.id, "narrative": "He reads aloud now", "recipient": "His aunt"}
    page.show_for(_pupil(tutor, 1).id)
    stand.settle()
    assert page.recipient.text() == ""
    page.show_for(f"documents:{pupil.id}")
    stand.settle()
    assert page.recipient.text() == "His aunt"
    assert page.narrative.value() == "He reads aloud now"


def test_another_pupil_chosen_at_once_does_not_get_the_firsts_narrative(
    tutor: Desk, show: Show
) -> None:
    first, second = _pupil(tutor), _pupil(tutor, 1)
    page, stand = _stand(show, tutor, first.id)
    stand.bot.keyClicks(page.narrative, "Only his")
    page.show_for(second.id)
    stand.settle()
    assert [words["pupil"] for words in _kept(tutor)] == [first.id]
    assert page.narrative.value() == ""


def test_filing_an_emergency_card_keeps_the_reports_narrative(tutor: Desk, show: Show) -> None:
    page, stand = _stand(show, tutor, _pupil(tutor).id)
    stand.bot.keyClicks(page.narrative, "He reads aloud now")
    page.kind.set_value("emergency")
    _file(page, stand)
    page.leave()
    stand.settle()
    assert [words["narrative"] for words in _kept(tutor)] == ["He reads aloud now"]


def test_filing_a_report_forgets_only_the_narrative_it_tells(tutor: Desk, show: Show) -> None:
    page, stand = _stand(show, tutor, _pupil(tutor).id)
    stand.bot.keyClicks(page.narrative, "He reads aloud")
    _make(page, stand)
    stand.bot.keyClicks(page.narrative, " now")
    stand.bot.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert page.narrative.value() == "He reads aloud now"
    assert [words["narrative"] for words in _kept(tutor)] == ["He reads aloud now"]
    _file(page, stand)
    assert _kept(tutor) == []


def _file(page: DocumentsPage, stand: Stand) -> None:
    _make(page, stand)
    stand.bot.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    stand.settle()
