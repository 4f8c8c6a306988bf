"""Everything that can be said about one pupil's lessons, worded once with their own names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from oost_desktop.invented.records import Voice
from oost_desktop.invented.source import rows, rows_where

_NUMBERS = {"Seven": 7, "Eight": 8, "Nine": 9, "Ten": 10, "eight": 8, "ten": 10}
_SCORE = re.compile(r"(Seven|Eight|Nine|Ten)(?: right| sorted)? of (eight|ten)")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic for one pupil. `first` and `again` are ready notes; `mark` is what it scored.

    A mark of (0, 0) means the feedback names none, so any will do.
    """

    name: str
    first: tuple[str, ...]
    again: tuple[str, ...]
    next_step: str
    work: str
    instructions: str
    feedback: str
    mark: tuple[int, int]


class Script:
    """The words of one pupil's lessons, online or not; `draw` is always a number from 0 to 1."""

    def __init__(self, voice: Voice, online: bool) -> None:
        self._voice = voice
        self._elsewhere = "there" if online else "online"
        self._by_subject: dict[str, tuple[Topic, ...]] = {}

    def topics(self, subject: str) -> tuple[Topic, ...]:
        """The topics of a subject at the pupil's key stage, in order; never empty."""
        found = self._by_subject.get(subject)
        if found is None:
            stage = str(self._voice.key_stage)
            chosen = rows_where("lessons", subject=subject, key_stages=stage)
            chosen = chosen or rows_where("lessons", key_stages=stage)
            found = self._by_subject[subject] = tuple(self._topic(row) for row in chosen)
        return found

    def covered(self, topic: Topic, draw: float, again: int, engagement: int) -> str:
        """What was covered: one of the ways of putting it, with how the hour began and ended."""
        bodies = topic.again if again else topic.first
        openings, closings = self._frames["good" if engagement > 3 else self._voice.mood]
        whole = int(draw * len(bodies) * len(openings) * len(closings))
        rest, body = divmod(whole, len(bodies))
        closing, opening = divmod(rest, len(openings))
        return openings[opening] + bodies[body] + closings[closing]

    def why(self, outcome: str, draw: float) -> str | None:
        """Why a session was short or not held."""
        reasons = self._missed.get(outcome)
        return reasons[int(draw * len(reasons))] if reasons else None

    def own(self, engagement: int, draw: float) -> str:
        """The pupil's own words after a good, a middling or a hard session."""
        said = self._own["good" if engagement > 3 else "mixed" if engagement == 3 else "low"]
        return said[int(draw * len(said))]

    def adult(self, venue: str, draw: float) -> str:
        """Which adult was there, as the venue asks for it."""
        present = self._adults.get(venue) or self._adults["HOME"]
        return present[int(draw * len(present))]

    @cached_property
    def _frames(self) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        return {
            tone: (
                tuple(f"{text} ".lstrip() for text in self._tone("opening", tone)),
                tuple(f" {text}".rstrip() for text in self._tone("closing", tone)),
            )
            for tone in ("good", self._voice.mood)
        }

    @cached_property
    def _missed(self) -> Mapping[str, tuple[str, ...]]:
        outcomes = {row["when"] for row in rows_where("phrases", kind="missed")}
        return {outcome: self._said("missed", outcome) for outcome in outcomes}

    @cached_property
    def _own(self) -> Mapping[str, tuple[str, ...]]:
        return {tone: self._said("words", tone) for tone in ("good", "mixed", "low")}

    @cached_property
    def _adults(self) -> Mapping[str, tuple[str, ...]]:
        return {
            "HOME": self._said("adult", self._voice.adult_role),
            "ONLINE": self._said("adult", f"online-{self._voice.adult_role}"),
            "HOSPITAL": self._said("adult", "ward"),
            "LIBRARY": self._said("adult", "library"),
            "SCHOOL": self._said("adult", "school"),
        }

    def _tone(self, kind: str, tone: str) -> tuple[str, ...]:
        return (*self._said(kind, "any"), *self._said(kind, tone))

    def _said(self, kind: str, when: str) -> tuple[str, ...]:
        return tuple(
            self._put(row["text"])
            for row in rows("phrases")
            if (row["kind"], row["when"]) == (kind, when) and row["where"] != self._elsewhere
        )

    def _put(self, text: str) -> str:
        return put(text, self._voice)

    def _topic(self, row: Mapping[str, str]) -> Topic:
        name, topic, well, hard = self._voice.name, row["topic"], row["well"], row["hard"]
        feedback = self._put(row["feedback"])
        score = _SCORE.search(feedback)
        return Topic(
            name=topic,
            first=(
                f"{topic}. {name} {well}; {hard}.",
                f"{topic}. {name} {well}. Not there yet: {hard}.",
                f"New today: {_lower(topic)}. {name} {well}.",
                f"Began {_lower(topic)}. To watch: {hard}.",
            ),
            again=(
                f"Back to {_lower(topic)}. {name} {well}, with less help than last time.",
                f"{topic} again. {name} {well}. Still to mend: {hard}.",
                f"{topic}, second lesson. Most of it stayed; {hard}.",
                f"Finished {_lower(topic)}. {name} {well}.",
            ),
            next_step=row["next_step"],
            work=row["work"],
            instructions=row["instructions"],
            feedback=feedback,
            mark=(_NUMBERS[score[1]], _NUMBERS[score[2]]) if score else (0, 0),
        )


def put(text: str, voice: Voice) -> str:
    """A phrase with this pupil's and this family's names in it."""
    return (
        text.replace("{n}", voice.name)
        .replace("{adult}", voice.adult)
        .replace("{Adult}", voice.adult.capitalize())
        .replace("{title}", voice.adult_title)
        .replace("{surname}", voice.adult_surname)
    )


_PROPER = {"Python", "Shakespeare's", "Macbeth", "An", "Weimar:", "Arkwright's", "Ordnance"}


def _lower(topic: str) -> str:
    first = topic.split(" ")[0]
    return topic if first in _PROPER else topic[0].lower() + topic[1:]
