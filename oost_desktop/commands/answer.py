"""What a command has to say. It prints nothing itself: `cli.py` does, in one of two ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DONE, NEEDS_A_PERSON, FAILED = 0, 3, 1


@dataclass(frozen=True, slots=True)
class Answer:
    """`said` is the JSON object, `words` the same for people, `status` the exit status."""

    said: Mapping[str, Any]
    words: str = ""
    status: int = DONE
