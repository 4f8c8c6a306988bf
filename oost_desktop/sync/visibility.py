"""Who receives what: the scopes a device should hold today, and which operations it may see.

    case            everyone who holds the scope
    author+office   its author's devices, and whoever a receipt is for
    sealed          nobody: the device that wrote it has it, the office holds ciphertext

A pupil's address goes to the tutor who holds the pupil even when it is confidential: they have
to find the door. What the mark means on paper is the reports' business.
"""

import json
from datetime import date, timedelta

from sqlalchemy import Connection

from oost_desktop.models.base import Audience, Scope
from oost_desktop.models.registry import Registry

AHEAD = timedelta(days=14)  # a pupil's file is there before the first session
PUPIL_PREFIX = f"{Scope.PUPIL.value}:"


def pupil_scope(pupil: str) -> str:
    """The scope of one pupil's file."""
    return PUPIL_PREFIX + pupil


def pupil_of(scope: str) -> str | None:
    """The pupil whose file a scope is, or None for the service's own."""
    return scope.removeprefix(PUPIL_PREFIX) if scope.startswith(PUPIL_PREFIX) else None


def desired_scopes(connection: Connection, user: str, today: date) -> frozenset[str]:
    """What a tutor's device should hold today.

    The service's own records, and each pupil allocated to them now or within a fortnight.
    """
    pupils = connection.exec_driver_sql(
        "select pupil from allocation where tutor = ? and gone = 0 and pupil is not null"
        " and coalesce(starts, '') <= ? and (ends is null or ends >= ?)",
        (user, (today + AHEAD).isoformat(), today.isoformat()),
    ).scalars()
    return frozenset({Scope.SERVICE.value, *(pupil_scope(pupil) for pupil in pupils)})


def visible_condition(registry: Registry, device: str, user: str) -> tuple[str, tuple[str, ...]]:
    """SQL over `op` for what a device may see of a scope it holds, with its parameters.

    Types this version does not know are passed on as case records: what needs sealing arrives
    here sealed.
    """
    narrow = [each for each in registry if each.about.audience is not Audience.CASE]
    authored = [each for each in narrow if each.about.audience is Audience.AUTHOR_AND_OFFICE]
    addressed = [each.name for each in authored if "for_author" in each.fields]
    named = "".join(
        f' or op.entity in (select id from "{name}" where for_author = ?)'  # noqa: S608
        for name in addressed
    )
    condition = (
        "op.status in ('applied', 'unknown_type') and op.body is not null and ("  # noqa: S608
        " op.etype not in (select value from json_each(?))"
        " or (op.etype in (select value from json_each(?))"
        f" and (op.user = ?{named}))"
        " or op.device = ?)"
    )
    parameters = (
        json.dumps([each.name for each in narrow]),
        json.dumps([each.name for each in authored]),
        user,
        *(user for _ in addressed),
        device,
    )
    return condition, parameters
