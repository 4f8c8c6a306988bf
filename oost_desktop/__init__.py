"""OOST Desktop: a tutor's encrypted caseload."""

__version__ = "0.1.0"
