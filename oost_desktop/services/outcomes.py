"""Whose a missed lesson was: the pupil's, the service's, or nobody's because none was expected.

Read from the columns of `session_outcomes`; a report and a panel must never disagree about it.
"""

from oost_desktop.models.codes import code_list
from oost_desktop.models.session import Side, was_taught


def side_of(outcome: str) -> Side:
    """The side of a session's outcome. An outcome nobody here knows is the service's to explain."""
    codes = code_list("session_outcomes")
    if was_taught(outcome):
        return Side.TAUGHT
    if codes.extra(outcome, "counts_against_pupil") == "1":
        return Side.PUPIL
    # In school, at an examination or on holiday: the school need not be told that day.
    if codes.extra(outcome, "notify_school_same_day") == "0":
        return Side.ELSEWHERE
    return Side.SERVICE


def taught_codes() -> list[str]:
    """The outcomes that mean that teaching took place."""
    return [member.code for member in code_list("session_outcomes").where("delivered", "1")]
