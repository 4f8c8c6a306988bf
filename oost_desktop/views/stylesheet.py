"""The one style sheet of the program, written from the tokens and the text size.

Guarantees heights of at least 32 pixels for controls and 30 for rows, and one corner radius.
Fusion and the palette do the rest; no widget has a style sheet of its own. Widgets choose a look
by the properties `kind` (buttons), `stature` (their height), `role` (words) and `tone` (what a
colour says).
"""

from string import Template

from oost_desktop.paths import resource
from oost_desktop.views.look import Look
from oost_desktop.views.tokens import Tone

RADIUS = 6
CARD_RADIUS = 9
_MARKS = ("tick", "dot", "dash")

_CONTROLS = Template("""
QWidget { outline: none; }
QToolTip { background: $base; color: $text; border: 1px solid $border; padding: 4px 6px; }
QPushButton, QToolButton {
  min-height: ${control}px; padding: 0 ${pad}px;
  border: 1px solid $border; border-radius: ${radius}px;
  background: $base; color: $text; font-weight: 600; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $selected; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; border-color: $line; }
QToolButton { padding: 0; min-width: ${control}px; }
QPushButton[hinted="true"] { text-align: left; }
QPushButton[stature="tall"] { min-height: ${tall}px; }
QPushButton[stature="raised"] { min-height: ${raised}px; }
QPushButton[kind="primary"] {
  background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover { background: $accent_pressed; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="danger"] {
  background: $danger; color: $on_danger; border-color: $danger; }
QPushButton[kind="danger"]:hover { background: $danger_pressed; }
QPushButton[kind="danger"]:pressed { background: $danger_pressed; }
QPushButton[kind="warning"] { color: $danger; border-color: $danger; }
QPushButton[kind="warning"]:hover { background: $danger_tint; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="find"] { color: $placeholder; font-weight: 400; text-align: left; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled,
QPushButton[kind="warning"]:disabled {
  background: $window; color: $disabled; border-color: $line; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  border: 1px solid $border; border-radius: ${radius}px; background: $base; color: $text;
  selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $placeholder; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${control}px; padding: 0 ${field}px; }
QPlainTextEdit, QTextEdit { padding: ${inset}px ${inset2}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus,
QAbstractSpinBox:focus { border-color: $focus; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled,
QLineEdit:read-only, QPlainTextEdit:read-only {
  background: $window; color: $muted; border-color: $line; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] {
  border: 2px solid $danger; }
QLineEdit QToolButton { border: none; background: transparent; min-width: 0; min-height: 0; }
QComboBox::drop-down { border: none; width: ${row}px; }
QComboBox::down-arrow { image: url("$arrow"); width: ${tick}px; height: ${tick}px; }
QComboBox QLineEdit { border: none; min-height: 0; padding: 0; }
QComboBox QAbstractItemView { border: 1px solid $border; background: $base; padding: 2px; }
QComboBox QAbstractItemView::item { min-height: ${row}px; }
QCheckBox, QRadioButton { min-height: ${check}px; spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: ${mark}px; height: ${mark}px; border: 1px solid $border; background: $base; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: ${half_mark}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked,
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$tick_mark"); }
QRadioButton::indicator:checked { image: url("$dot_mark"); }
QCheckBox::indicator:indeterminate { image: url("$dash_mark"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
  border-color: $line; background: $window; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; }
""")

_SURFACES = Template("""
QAbstractItemView {
  border: none; background: $base; color: $text; alternate-background-color: $window;
  selection-background-color: $selected; selection-color: $text; font-size: ${table}pt; }
QAbstractItemView::item { min-height: ${row}px; }
QAbstractItemView::item:selected { background: $selected; color: $text; }
QTableView { gridline-color: $line; }
QHeaderView { background: $base; }
QHeaderView::section {
  background: $base; color: $muted; font-weight: 600; font-size: ${small}pt;
  border: none; border-bottom: 1px solid $line; padding: 0 ${cell}px; min-height: ${row}px; }
QTableCornerButton::section { background: $base; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[page="true"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $line; border: none; border-radius: 4px;
  min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QMenu { background: $base; border: 1px solid $border; padding: 4px; }
QMenu::item { min-height: ${row}px; padding: 0 ${pad}px; border-radius: 4px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { min-height: ${control}px; padding: 0 ${pad}px; color: $muted;
  border-bottom: 3px solid transparent; }
QTabBar::tab:selected { color: $focus; font-weight: 600; border-bottom-color: $accent; }
QGroupBox { border: none; font-weight: 600; margin-top: ${row}px; }
QGroupBox::title { subcontrol-origin: margin; }
QSplitter::handle { background: $line; }
QFrame[frame="line"] { background: $line; border: none; }
QFrame[frame="pane"] { background: $window; border: none; }
QFrame[frame="popup"] { background: $base; border: 1px solid $border;
  border-radius: ${card_radius}px; }
""")

_WORDS = Template("""
QLabel[role="title"] { font-size: ${title}pt; font-weight: 700; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 700; }
QLabel[role="brand"] { font-weight: 700; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="label"] { font-weight: 600; font-size: ${label}pt; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}pt; }
QLabel[role="small-strong"] { color: $muted; font-size: ${small}pt; font-weight: 600; }
QLabel[role="number"] { font-size: ${number}pt; font-weight: 700; }
QLabel[role="pill"] { font-size: ${small}pt; font-weight: 600; }
QLabel[role="key"] { font-size: ${key}pt; border: 1px solid $line; border-radius: 4px;
  padding: 1px 6px; background: $base; }
QLabel:disabled { color: $disabled; }
""")

_TONED = Template("""
QLabel[tone="$tone"] { color: $colour; }
QProgressBar[tone="$tone"]::chunk { background: $bar; }
""")


def stylesheet(look: Look) -> str:
    """The style sheet for these colours and this text size."""
    tokens = look.tokens
    names = {name: str(getattr(tokens, name)) for name in tokens.__slots__}
    names["arrow"] = resource("marks", f"down-{tokens.scheme}.svg").as_posix()
    names |= {f"{mark}_mark": resource("marks", f"{mark}.svg").as_posix() for mark in _MARKS}
    names |= {name: str(value) for name, value in _sizes(look).items()}
    toned = (
        _TONED.substitute(tone=tone.value, colour=tokens.of(tone), bar=tokens.bar_of(tone))
        for tone in Tone
    )
    parts = (part.substitute(names) for part in (_CONTROLS, _SURFACES, _WORDS))
    return "".join((*parts, *toned))


def _sizes(look: Look) -> dict[str, float]:
    """Pixels of boxes (without their 1-pixel border) and points of type."""
    pixels = {
        "control": look.px(34),
        "tall": look.px(42),
        "raised": look.px(38),
        "row": look.px(32),
        "check": look.px(32),
        "mark": look.px(18),
        "half_mark": look.px(18) // 2 + 1,
        "tick": look.px(14),
    }
    spaces = {
        "pad": look.gap(14),
        "field": look.gap(10),
        "inset": look.gap(6),
        "inset2": look.gap(7),
        "cell": look.gap(11),
    }
    points = {
        "title": look.points(22),
        "heading": look.points(19),
        "number": look.points(23),
        "label": look.points(13.6),
        "table": look.points(14),
        "small": look.points(13),
        "key": look.points(11.6),
    }
    fixed = {"radius": RADIUS, "card_radius": CARD_RADIUS}
    return {**pixels, **spaces, **{name: round(size, 2) for name, size in points.items()}, **fixed}
