"""What forms on pages are given: the day, and the records their fields may point to."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.services import choosing
from oost_desktop.services.desk import Desk
from oost_desktop.views.context import Context
from oost_desktop.views.forms.binding import FormContext, Option


def form_context(context: Context) -> FormContext:
    """A form's surroundings on this desk."""
    desk = context.desk
    return FormContext(context.jobs, _today_of(desk), partial(_options, desk))


def _today_of(desk: Desk) -> Callable[[], date]:
    return desk.clock.today


def _options(desk: Desk, spec: FieldSpec, values: Mapping[str, Value]) -> list[Option]:
    return [Option(each.id, each.label) for each in choosing.options(desk, spec, values)]
