"""Record types, declared once: the list here is the one place that knows them all.

To add one: write its class, put it in this list, write a migration (`docs/adding.md`).
"""

from oost_desktop.models.base import OFFICE_ROLES, Audience, Record, Role, Scope
from oost_desktop.models.document import Document
from oost_desktop.models.people import Contact, Pupil, School
from oost_desktop.models.plan import EducationPlan, Target
from oost_desktop.models.provision import Setting, TermPeriod, TimetableSlot
from oost_desktop.models.referral import (
    AgreementAcceptance,
    AgreementVersion,
    Allocation,
    Placement,
)
from oost_desktop.models.registry import RecordType, Registry
from oost_desktop.models.safeguarding import (
    Concern,
    ConcernAddendum,
    ConcernNotification,
    ConcernReceipt,
)
from oost_desktop.models.session import Session
from oost_desktop.models.staff import Device, StaffMember
from oost_desktop.models.work import Assessment, Work

RECORDS = Registry(
    [
        Pupil,
        Contact,
        School,
        StaffMember,
        Placement,
        Allocation,
        TimetableSlot,
        Session,
        Work,
        Assessment,
        EducationPlan,
        Target,
        Concern,
        ConcernAddendum,
        ConcernNotification,
        ConcernReceipt,
        AgreementVersion,
        AgreementAcceptance,
        Document,
        TermPeriod,
        Device,
        Setting,
    ]
)

__all__ = [
    "OFFICE_ROLES",
    "RECORDS",
    "AgreementAcceptance",
    "AgreementVersion",
    "Allocation",
    "Assessment",
    "Audience",
    "Concern",
    "ConcernAddendum",
    "ConcernNotification",
    "ConcernReceipt",
    "Contact",
    "Device",
    "Document",
    "EducationPlan",
    "Placement",
    "Pupil",
    "Record",
    "RecordType",
    "Registry",
    "Role",
    "School",
    "Scope",
    "Session",
    "Setting",
    "StaffMember",
    "Target",
    "TermPeriod",
    "TimetableSlot",
    "Work",
]
