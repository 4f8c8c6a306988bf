"""What can go wrong, in words for the person at the screen.

Every error carries a `title` (what happened, one sentence) and an `advice` (what to do next).
Library errors are translated into these once, in the module that owns the library; the window
and the command line show them and add nothing. Nothing here logs or displays.
"""

DEBUG = "OOST_DEBUG"
"""Set in the environment, it lets tracebacks out: they may hold what was typed."""


class OostError(Exception):
    """Something happened that the user must hear of. `str()` gives title and advice."""

    exit_status = 1

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.title} {self.advice}".strip()


class UserError(OostError):
    """The user can put it right: a wrong passphrase, a missing answer, a full disk."""


class RefusedError(OostError):
    """Something from outside was refused and nothing was changed."""


class DamageError(OostError):
    """A file of ours is not as we left it: stop, keep the evidence, offer the backup."""


class UsageError(OostError):
    """The command was called in a way it does not understand."""

    exit_status = 2


class CancelledError(OostError):
    """The user stopped it. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed.")


class BugError(OostError):
    """A promise of our own was broken."""
