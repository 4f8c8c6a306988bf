"""Forms: every kind comes back as it went in, every generated form can be used by everybody."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QRadioButton, QScrollArea, QWidget

from oost_desktop.clock import london
from oost_desktop.models import RECORDS
from oost_desktop.models.drafts import Draft, Unread
from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.models.problems import Problem
from oost_desktop.views.forms.binding import FormContext, Option
from oost_desktop.views.forms.editors import EDITORS, editor_for
from oost_desktop.views.forms.form_keeper import KEEP_AFTER_MS, FormKeeper
from oost_desktop.views.forms.record_form import RecordForm
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.tokens import Scheme
from tests.views import accessibility

TODAY = date(2026, 11, 23)
PEOPLE = (Option("a" * 32, "Zoë Świątek"), Option("b" * 32, "Rhys al-Hassan"))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
POPS_UP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)


def spec_of(kind, **more):
    lists = {Kind.CHOICE: {"codes": "venues"}, Kind.REF: {"target": "pupil"}}
    return FieldSpec(kind, "Field", name="field", **{**lists.get(kind, {}), **more})


def editor_of(kind, context, **more):
    return editor_for(spec_of(kind, **more), context)


def people(_spec, _values):
    return PEOPLE


@pytest.fixture
def jobs(qapp):
    runner = Jobs(_raise)
    yield runner
    assert runner.shutdown()


def _raise(error):
    raise error


@pytest.fixture
def context(jobs):
    return FormContext(jobs, lambda: TODAY, people)


@pytest.fixture
def shown(qtbot, context, dress):
    """Makes a form, shows it and waits for what it asked for."""
    pages = []

    def show(name, values=None, width=860):
        form = RecordForm(RECORDS.of(name), context)
        page = QScrollArea()
        page.setWidgetResizable(True)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.setWidget(form)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(width, 700)
        form.load(Draft(RECORDS.of(name), values=values or {}))
        page.show()
        qtbot.waitUntil(lambda: not context.jobs.working)
        return form

    return show


def test_every_kind_has_an_editor():
    assert EDITORS.keys() == set(Kind)


VALUES = {
    Kind.TEXT: WORDS,
    Kind.PROSE: WORDS,
    Kind.DAY: st.dates(),
    Kind.MOMENT: st.integers(-(2**31), 2**33).map(lambda each: datetime.fromtimestamp(each, UTC)),
    Kind.CLOCK: st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
    Kind.NUMBER: st.integers(-(2**31), 2**31 - 1),
    Kind.MINUTES: st.integers(0, 100_000),
    Kind.PENCE: st.integers(-(10**9), 10**9),
    Kind.CHOICE: st.sampled_from(["HOME", "a code of a newer version"]),
    Kind.FLAG: st.booleans(),
    Kind.REF: st.sampled_from([*(person.id for person in PEOPLE), "c" * 32]),
    Kind.TAGS: st.lists(WORDS, min_size=1, unique=True).map(lambda each: tuple(sorted(each))),
}


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_nobody_touched_is_given_back_as_it_was(context, kind, data):
    """Whatever an editor can show of a value, a form changes nothing by being opened."""
    drawn = data.draw(VALUES[kind])
    editor = editor_of(kind, context)
    edits = []
    editor.edited.connect(lambda: edits.append(1))
    for value in (drawn, None):
        editor.load(value)
        assert editor.value() == value
        assert editor.unread() is None
    assert edits == []
    editor.widget.deleteLater()


TYPED = {
    Kind.TEXT: LINES,
    Kind.PROSE: LINES,
    Kind.DAY: st.dates(date(1000, 1, 1)),
    Kind.MOMENT: st.integers(0, 5_000_000).map(
        lambda minutes: london(date(2026, 11, 23)) + timedelta(minutes=minutes)
    ),
    Kind.CLOCK: VALUES[Kind.CLOCK],
    Kind.NUMBER: VALUES[Kind.NUMBER],
    Kind.MINUTES: st.integers(0, 99 * 60),
    Kind.PENCE: VALUES[Kind.PENCE],
    Kind.CHOICE: st.sampled_from(["HOME", "SCHOOL"]),
    Kind.FLAG: st.booleans(),
    Kind.REF: st.sampled_from([person.id for person in PEOPLE]),
    Kind.TAGS: st.lists(LINES, min_size=1, unique=True).map(lambda each: tuple(sorted(each))),
}


def is_the_second_of_two_hours(value):
    """01:00 to 02:00 comes twice when the clocks go back; a clock cannot say which."""
    earlier = value - timedelta(hours=1)
    return london_text(earlier) == london_text(value)


def london_text(value):
    from oost_desktop.clock import LONDON

    return f"{value.astimezone(LONDON):%d %H:%M}"


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_shown_reads_as_the_same_value(context, kind, data):
    """Value → screen → value, for an editor that was touched."""
    value = data.draw(TYPED[kind])
    if kind is Kind.MOMENT and is_the_second_of_two_hours(value):
        return
    editor = editor_of(kind, context)
    if kind is Kind.REF:
        editor.set_options(PEOPLE)
    editor.load(value)
    editor.note_edit()
    assert editor.value() == value
    assert editor.unread() is None
    editor.widget.deleteLater()


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.DAY, "+12w", date(2027, 2, 15)),
        (Kind.CLOCK, "2pm", "14:00"),
        (Kind.NUMBER, "1,200", 1200),
        (Kind.NUMBER, "-3", -3),
        (Kind.MINUTES, "1h30", 90),
        (Kind.MINUTES, "1 h 30 min", 90),
        (Kind.PENCE, "12", 1200),
        (Kind.PENCE, "£1,200.50", 120_050),
        (Kind.TEXT, "  Amber Valley ", "Amber Valley"),
    ],
)
def test_shorthand_is_understood(context, qtbot, kind, typed, value):
    editor = editor_of(kind, context)
    qtbot.addWidget(editor.widget)
    qtbot.keyClicks(editor.widget, typed)
    assert editor.value() == value


def test_a_length_is_shown_in_hours_and_minutes(context, qtbot):
    editor = editor_of(Kind.MINUTES, context)
    qtbot.addWidget(editor.widget)
    editor.load(90)
    assert editor.line.text() == "1 h 30 min"


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.DAY, "soon"),
        (Kind.CLOCK, "half past"),
        (Kind.NUMBER, "12a"),
        (Kind.MINUTES, "long"),
        (Kind.PENCE, "12.5"),
    ],
)
def test_typed_words_that_are_no_value_are_kept(context, qtbot, kind, typed):
    editor = editor_of(kind, context)
    qtbot.addWidget(editor.widget)
    qtbot.keyClicks(editor.widget, typed)
    unread = editor.unread()
    assert unread is not None
    assert (unread.text, editor.value()) == (typed, None)
    again = editor_of(kind, context)
    qtbot.addWidget(again.widget)
    again.load_unread(unread)
    assert again.unread() == unread


def test_a_time_alone_is_todays_and_a_day_alone_is_asked_about(context, qtbot):
    editor = editor_of(Kind.MOMENT, context)
    qtbot.addWidget(editor.widget)
    qtbot.keyClicks(editor.time, "0930")
    assert editor.value() == london(TODAY, 9, 30)
    editor.load(None)
    qtbot.keyClicks(editor.day, "t")
    assert editor.unread().advice == "Say at what time, too."


@POPS_UP
def test_letters_of_a_name_find_a_record(context, qtbot):
    editor = editor_of(Kind.REF, context)
    qtbot.addWidget(editor.widget)
    editor.set_options(PEOPLE)
    qtbot.keyClicks(editor.widget.lineEdit(), "hass")
    editor.settle()
    assert editor.value() == "b" * 32
    assert editor.widget.currentText() == "Rhys al-Hassan"


def test_two_records_of_one_name_stay_two(context, qtbot):
    editor = editor_of(Kind.REF, context)
    qtbot.addWidget(editor.widget)
    editor.set_options([Option("1" * 32, "J. Smith"), Option("2" * 32, "J. Smith")])
    editor.load("2" * 32)
    editor.note_edit()
    assert editor.value() == "2" * 32


@POPS_UP
def test_options_that_come_late_lose_nothing(context, qtbot):
    editor = editor_of(Kind.REF, context)
    qtbot.addWidget(editor.widget)
    editor.load("b" * 32)
    assert editor.widget.currentText() == "Not on this computer"
    editor.set_options(PEOPLE)
    assert editor.widget.currentText() == "Rhys al-Hassan"
    editor.widget.lineEdit().clear()
    qtbot.keyClicks(editor.widget.lineEdit(), "zo")
    editor.set_options(PEOPLE)
    assert editor.widget.lineEdit().text() == "zo"


def test_tags_are_added_by_enter_and_taken_away_by_their_button(context, qtbot):
    editor = editor_of(Kind.TAGS, context)
    qtbot.addWidget(editor.widget)
    editor.load(("Asthma",))
    qtbot.keyClicks(editor.line, "Nuts")
    assert editor.value() == ("Asthma", "Nuts")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == ("Asthma", "Nuts")
    (chip,) = (each for each in buttons(editor.widget) if each.accessibleName() == "Remove Asthma")
    chip.click()
    assert editor.value() == ("Nuts",)


@POPS_UP
def test_a_tag_that_the_list_does_not_have_is_asked_about_and_kept(context, qtbot):
    editor = editor_of(Kind.TAGS, context, codes="subjects")
    qtbot.addWidget(editor.widget)
    qtbot.keyClicks(editor.line, "alchemy")
    assert editor.value() is None
    assert editor.unread() == Unread("alchemy", "Choose words from the list.")


def test_yes_can_be_unsaid(context, qtbot):
    editor = editor_of(Kind.FLAG, context)
    qtbot.addWidget(editor.widget)
    editor.load(True)
    editor.clear.click()
    assert editor.value() is None


def test_delete_unsays_and_tab_never_lands_on_clear(context, qtbot):
    """Tab after a choice goes on to the next field: what is typed then is not thrown away."""
    editor = editor_of(Kind.FLAG, context)
    qtbot.addWidget(editor.widget)
    editor.widget.show()
    editor.load(True)
    assert not editor.clear.focusPolicy() & Qt.FocusPolicy.TabFocus
    editor.row.setFocus()
    chosen = next(button for button in editor.row.findChildren(QRadioButton) if button.isChecked())
    qtbot.keyClick(chosen, Qt.Key.Key_Delete)
    assert editor.value() is None


def test_the_wheel_never_changes_a_choice(context, qtbot):
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    editor = editor_of(Kind.CHOICE, context, codes="subjects")
    qtbot.addWidget(editor.widget)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    editor.widget.wheelEvent(turn)
    assert editor.value() is None
    assert not turn.isAccepted()


def test_a_form_says_what_is_missing_and_leads_there(shown, qtbot):
    form = shown("session")
    assert not form.check()
    lines = form.summary.lines()
    assert [line.text() for line in lines][:2] == ["Say pupil.", "Say tutor."]
    assert form.summary.lines()[0] is form.window().focusWidget()
    lines[2].click()
    assert form.focus_place() == ("starts", 0)
    spoken = form.editor("starts").day.accessibleDescription()
    assert spoken == "Error: Say start."


def test_a_problem_goes_while_it_is_mended_and_none_comes(shown, qtbot):
    form = shown("school")
    form.editor("name").line.setText("")
    assert not form.check()
    qtbot.keyClicks(form.editor("name").line, "Peverel Academy")
    assert form.field_row("name").problem() == ""
    assert form.summary.isHidden()
    qtbot.keyClicks(form.editor("laestab").line, "1")
    assert form.summary.isHidden(), "checking is for saving, not for typing"


def test_a_remark_does_not_stop_saving(shown):
    night = {
        "pupil": "a" * 32,
        "tutor": "b" * 32,
        "starts": london(TODAY, 19),
        "ends": london(TODAY, 20),
        "outcome": "TUTOR_ILL",
    }
    form = shown("session", night)
    assert form.check()
    assert form.field_row("starts").problem() == "This is before 08:00 or after 18:00."
    assert form.editor("starts").day.accessibleDescription().startswith("Warning: ")


def test_a_problem_of_a_field_that_is_not_on_the_form_is_still_said(shown):
    form = shown("session")
    form.show_problems([Problem("pupil", "Say pupil."), Problem("elsewhere", "Something else.")])
    assert [line.text() for line in form.summary.lines()] == ["Say pupil.", "Something else."]


def test_the_draft_follows_the_screen(shown, qtbot):
    form = shown("session", {"place": "Kitchen"})
    with qtbot.waitSignal(form.edited) as edited:
        qtbot.keyClicks(form.editor("covered").box, "R")
    assert edited.args == ["covered"]
    qtbot.keyClicks(form.editor("starts").time, "half")
    assert form.draft.values["covered"] == "R"
    assert form.draft.unread["starts"].text == "\thalf"
    assert form.draft.values["place"] == "Kitchen"


def test_fields_that_are_not_on_the_form_stay_in_the_draft(shown):
    happened = london(TODAY, 10)
    form = shown("concern", {"written_at": happened})
    assert "written_at" not in form.fields()
    form.check()
    assert form.draft.values["written_at"] == happened


def test_words_are_kept_within_two_seconds_however_fast_somebody_types(shown, qtbot):
    form = shown("session")
    kept: list[Any] = []
    keeper = FormKeeper(form, lambda *handed: kept.append(handed))
    form.go_to("covered")
    box = form.editor("covered").box
    qtbot.keyClicks(box, "Ratio")

    def goes_on_typing():
        qtbot.keyClicks(box, "!")
        return bool(kept)

    assert KEEP_AFTER_MS <= 2000
    qtbot.waitUntil(goes_on_typing)
    content, field, caret = kept[0]
    assert content["values"]["covered"].startswith("Ratio!")
    assert (field, caret) == ("covered", len(content["values"]["covered"]))
    keeper.forget()


def test_leaving_a_field_keeps_it_at_once(shown, qtbot):
    form = shown("session")
    qtbot.waitActive(form.window())
    kept: list[Any] = []
    keeper = FormKeeper(form, lambda *handed: kept.append(handed))
    form.go_to("place")
    qtbot.keyClicks(form.editor("place").line, "Kitchen")
    assert kept == []
    form.go_to("adult")
    assert kept[0][0]["values"]["place"] == "Kitchen"
    assert not keeper.waiting
    form.go_to("place")
    assert len(kept) == 1, "nothing new was typed"


def test_a_lock_gives_back_the_field_and_the_caret(shown, qtbot):
    form = shown("session")
    kept: list[Any] = []
    keeper = FormKeeper(form, lambda *handed: kept.append(handed))
    form.go_to("covered")
    qtbot.keyClicks(form.editor("covered").box, "Unit rates")
    form.go_to("covered", 4)
    keeper.flush()
    again = shown("session")
    content, field, caret = kept[-1]
    FormKeeper(again, _never).restore(content, field, caret, RECORDS)
    assert again.focus_place() == ("covered", 4)
    assert again.draft.values["covered"] == "Unit rates"
    qtbot.keyClicks(again.editor("covered").box, "!")
    assert again.draft.values["covered"] == "Unit! rates"
    again.findChild(FormKeeper).forget()


def test_the_caret_in_the_second_part_of_a_moment_comes_back(shown, qtbot):
    form = shown("session", {"starts": london(TODAY, 11)})
    form.editor("starts").time.setFocus()
    form.editor("starts").time.setCursorPosition(3)
    place = form.focus_place()
    again = shown("session", {"starts": london(TODAY, 11)})
    again.go_to(*place)
    assert again.editor("starts").time.hasFocus()
    assert again.editor("starts").time.cursorPosition() == 3


def _never(*_handed):
    raise AssertionError("nothing was typed")


EVERY_RECORD = pytest.mark.parametrize("name", [each.name for each in RECORDS])


def buttons(widget):
    return [each for each in widget.findChildren(QAbstractButton) if each.isVisibleTo(widget)]


@EVERY_RECORD
def test_everything_that_takes_the_keyboard_has_a_name(shown, name):
    form = shown(name)
    assert accessibility.focusable(form)
    assert accessibility.nameless(form) == []


@EVERY_RECORD
def test_the_tab_key_follows_the_reading_order(shown, name):
    form = shown(name)
    rows = [form.field_row(field) for field in form.fields()]
    seen = []
    for stop in stops(form):
        (row,) = (each for each in rows if each.isAncestorOf(stop))
        corner = row.mapTo(form, QPoint(0, 0))
        within = stop.mapTo(row, QPoint(0, 0))
        seen.append((corner.y(), corner.x(), within.y() // 8, within.x()))
    assert len(seen) >= len(rows)
    assert seen == sorted(seen)


def stops(form):
    """What the Tab key stops at, in its order."""
    found: list[QWidget] = []
    step = form.nextInFocusChain()
    while step is not form:
        stop = step.focusPolicy() & Qt.FocusPolicy.TabFocus and form.isAncestorOf(step)
        if stop and step.isVisibleTo(form) and step.focusProxy() is None:
            found.append(step)
        step = step.nextInFocusChain()
    return found


@EVERY_RECORD
def test_nothing_is_clipped_at_200_per_cent(shown, dress, name):
    dress(Scheme.LIGHT, 200)
    form = shown(name, width=740)
    form.check()
    form.window().resize(740, 760)
    assert accessibility.clipped(form.window()) == []
    assert accessibility.small_targets(form) == []


@EVERY_RECORD
def test_opening_a_form_changes_nothing(shown, name):
    record_type = RECORDS.of(name)
    draft = Draft(record_type, "ab" * 16)
    form = shown(name)
    form.load(draft)
    form.check()
    assert draft.changed == ()
