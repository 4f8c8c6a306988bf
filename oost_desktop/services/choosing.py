"""The records a form's field may point to: the pupils of this desk, a pupil's own targets."""

from collections.abc import Mapping
from typing import Any

from oost_desktop.models.fields import FieldSpec
from oost_desktop.services import records, sessions
from oost_desktop.services.desk import Desk
from oost_desktop.services.naming import pupils
from oost_desktop.services.records import Option


def options(desk: Desk, spec: FieldSpec, values: Mapping[str, Any]) -> list[Option]:
    """What may be chosen for a reference, given what the form holds so far."""
    if spec.target == "pupil":
        with desk.vault.read() as connection:
            names = pupils(connection, desk.today).values()
        return [Option(name.id, name.name) for name in sorted(names, key=lambda n: n.name)]
    if spec.target == "target":
        pupil = values.get("pupil")
        choices = sessions.targets_of(desk, pupil) if isinstance(pupil, str) else []
        return [Option(each.id, _target_words(each)) for each in choices]
    return records.options(desk, spec.target)


def _target_words(target: sessions.TargetChoice) -> str:
    return f"{target.wording} (their own)" if target.set_by_pupil else target.wording
