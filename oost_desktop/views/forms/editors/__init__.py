"""Editors: one for each kind of value, all behind the same binding."""

from collections.abc import Callable, Mapping

from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.forms.editors.choice import choice_editor, flag_editor
from oost_desktop.views.forms.editors.number import (
    minutes_editor,
    number_editor,
    pence_editor,
)
from oost_desktop.views.forms.editors.ref import ref_editor
from oost_desktop.views.forms.editors.tags import tags_editor
from oost_desktop.views.forms.editors.text import prose_editor, text_editor
from oost_desktop.views.forms.editors.time import clock_editor, day_editor, moment_editor

EditorMaker = Callable[[FieldSpec, FormContext], Editor]

EDITORS: Mapping[Kind, EditorMaker] = {
    Kind.TEXT: text_editor,
    Kind.PROSE: prose_editor,
    Kind.DAY: day_editor,
    Kind.MOMENT: moment_editor,
    Kind.CLOCK: clock_editor,
    Kind.NUMBER: number_editor,
    Kind.MINUTES: minutes_editor,
    Kind.PENCE: pence_editor,
    Kind.CHOICE: choice_editor,
    Kind.FLAG: flag_editor,
    Kind.REF: ref_editor,
    Kind.TAGS: tags_editor,
}


def editor_for(spec: FieldSpec, context: FormContext) -> Editor:
    """The editor of a field."""
    return EDITORS[spec.kind](spec, context)
