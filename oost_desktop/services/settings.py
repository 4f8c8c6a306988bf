"""What the service works by and may change: telephone numbers, limits, rates. Dated data."""

from datetime import date

from sqlalchemy import Connection, bindparam, select

from oost_desktop.models import Setting
from oost_desktop.models.codes import code_list

_VALUES = (
    select(Setting.value, Setting.effective_from)
    .where(Setting.name == bindparam("wanted"), Setting.gone.is_(False))
    .order_by(Setting.effective_from.desc(), Setting.changed.desc())
)


def value_on(connection: Connection, name: str, on: date | None = None) -> str | None:
    """A setting's value in force on a day (or the latest), or None if the office set none."""
    for value, effective_from in connection.execute(_VALUES, {"wanted": name}):
        if on is None or effective_from is None or effective_from <= on:
            return value
    return None


def hours_to_ask_about(connection: Connection) -> int | None:
    """Minutes a week above which a reason is asked for: the office's, else the agreement's."""
    name = "HOURS_ASK_WHY"
    value = value_on(connection, name) or code_list("settings").extra(name, "unless_set")
    return int(value) * 60 if value and value.isdigit() else None


def number(connection: Connection, name: str, otherwise: int) -> int:
    """A whole number the office may have set."""
    value = value_on(connection, name)
    return int(value) if value and value.isdigit() else otherwise
