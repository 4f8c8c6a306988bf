"""The invented service: people, schools and lessons that never were, for practice and for tests.

Pure and seeded: the same seed, size and day give the same service on every machine. Nothing
here opens a database, reads a clock or names a real child, school or telephone number.
"""

from oost_desktop.invented.crooked import CrookedCaseload, Fault, crooked_caseload
from oost_desktop.invented.records import InventedCase, record_values
from oost_desktop.invented.service import InventedService, invent

__all__ = [
    "CrookedCaseload",
    "Fault",
    "InventedCase",
    "InventedService",
    "crooked_caseload",
    "invent",
    "record_values",
]
