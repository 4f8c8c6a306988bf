"""The look of the program: typeface, icons, British dates, and that it can change while running."""

import pytest
from PySide6.QtCore import QDate, QLocale, QSize
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QDateEdit, QLabel

from oost_desktop.views import fonts, look, theme
from oost_desktop.views.icons import Icon, Tint, icon
from oost_desktop.views.tokens import DARK, LIGHT, Scheme


def test_dates_and_money_are_british(dress, qtbot):
    edit = QDateEdit(QDate(2026, 11, 3))
    qtbot.addWidget(edit)
    assert edit.text() == "03/11/2026"
    assert QLocale().firstDayOfWeek().name == "Monday"
    assert QLocale().toCurrencyString(1234.5) == "£1,234.50"


def test_the_typeface_is_firago(dress, qapp: QApplication):
    assert QFontInfo(qapp.font()).family() == "FiraGO"


@pytest.mark.parametrize("sign", list("ŵŷỄłęçéß£½·✓жλש" + "ع" + "अ" + "ก"))
def test_names_in_many_scripts_can_be_written(dress, qapp: QApplication, sign: str):
    fonts.load(*fonts.Face)
    metrics = QFontMetrics(fonts.interface_font(11))
    assert metrics.inFontUcs4(ord(sign))


@pytest.mark.parametrize("meaning", list(Icon), ids=lambda meaning: meaning.name)
def test_every_icon_draws_something(dress, qapp: QApplication, meaning: Icon):
    assert _inks(meaning, Tint.TEXT) == {LIGHT.text}


def test_icons_change_colour_with_the_theme(dress, qapp: QApplication):
    kept = icon(Icon.LOCK, Tint.DANGER)
    dress(Scheme.DARK, 100)
    image = kept.pixmap(QSize(32, 32)).toImage()
    assert DARK.danger in _solid(image)


def test_text_size_makes_everything_bigger(dress, qtbot):
    label = QLabel("Medical evidence")
    qtbot.addWidget(label)
    small = label.sizeHint()
    dress(Scheme.LIGHT, 200)
    assert label.sizeHint().width() >= 1.9 * small.width()
    assert look.current().px(36) == 72


def test_applying_again_keeps_one_ring(dress, qapp: QApplication):
    theme.apply(qapp, Scheme.DARK, 125)
    theme.apply(qapp, Scheme.LIGHT, 100)
    assert len([c for c in qapp.children() if c.objectName() == "focus-ring"]) == 1


def _inks(meaning: Icon, tint: Tint) -> set[str]:
    """The colour most of the drawn pixels have."""
    return set(_solid(icon(meaning, tint).pixmap(QSize(64, 64)).toImage()))


def _solid(image: QImage) -> list[str]:
    colours = (
        QColor(image.pixelColor(x, y)) for x in range(image.width()) for y in range(image.height())
    )
    return [colour.name().upper() for colour in colours if colour.alpha() == 255]
