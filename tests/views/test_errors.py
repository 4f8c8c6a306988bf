"""What the person hears when something goes wrong, and what the details never hold."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from oost_desktop.errors import CancelledError, DamageError, RefusedError, UserError
from oost_desktop.views.errors import TELL, UNEXPECTED, ErrorPresenter, details_of
from oost_desktop.views.widgets.notice_bar import NoticeBar
from tests.views.seen import words_of

CANARY = "Zoë Świątek"


@pytest.fixture
def place(qtbot, dress):
    window = QWidget()
    notices = NoticeBar()
    QVBoxLayout(window).addWidget(notices)
    qtbot.addWidget(window)
    window.show()
    yield window, notices, ErrorPresenter(window, notices)
    notices.dismiss()
    window.close()


def raised(error: Exception) -> Exception:
    """An error with a trace, and a cause that holds a name."""
    pupil = {"name": CANARY}
    try:
        try:
            raise KeyError(pupil["name"])
        except KeyError as cause:
            raise error from cause
    except type(error) as caught:
        return caught


@pytest.mark.parametrize(
    "error",
    [
        UserError("That passphrase does not open this vault.", "Check Caps Lock."),
        RefusedError("This bundle is for another team.", "Nothing was changed."),
        CancelledError(),
    ],
)
def test_what_a_person_can_mend_is_a_notice_with_title_and_advice(place, error):
    _, notices, presenter = place
    assert presenter.show(error) is None
    assert notices.words() == str(error)


def test_damage_is_told_with_its_own_words_and_details(place):
    *_, presenter = place
    dialog = presenter.show(raised(DamageError("The vault is damaged.", "Restore the backup.")))
    assert dialog is not None
    assert "DamageError" in dialog.details()
    dialog.close()


def test_a_bug_tells_no_more_than_where(place):
    *_, presenter = place
    dialog = presenter.show(raised(ValueError(CANARY)))
    assert dialog is not None
    assert "builtins.ValueError" in dialog.details()
    assert "raised, line" in dialog.details()
    assert "builtins.KeyError" in dialog.details()
    assert {UNEXPECTED, TELL} <= set(words_of(dialog))
    assert "typed" not in UNEXPECTED + TELL  # it may be kept, or not yet: only what is certain
    dialog.close()


def test_details_never_hold_a_value():
    assert CANARY not in details_of(raised(ValueError(CANARY)))
    assert CANARY not in details_of(raised(UserError(CANARY, CANARY)))


def test_details_can_be_copied(place):
    *_, presenter = place
    dialog = presenter.show(raised(ValueError(CANARY)))
    assert dialog is not None
    copy = next(one for one in dialog.findChildren(QPushButton) if "Copy" in one.text())
    copy.click()
    assert QGuiApplication.clipboard().text() == dialog.details()
    dialog.close()
