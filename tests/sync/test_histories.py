"""Any history at all: bundles lost, doubled and out of order, edits everywhere, grants and undos.

The oracle knows only who had received which write when each write was made. From that follow the
heads of every register; and at rest everybody has the same, and nothing was ever lost.
"""

import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from oost_desktop.clock import MovableClock, london
from oost_desktop.models import Allocation, Contact, Session
from oost_desktop.store.operations import read_own
from oost_desktop.sync import undoing
from oost_desktop.sync.bundle import Made
from tests.sync.conftest import Service

FIELDS = ("phone", "relationship")
WORDS = ("one", "two", "three")
WHO = st.integers(0, 2)  # the office, two laptops


class Exchange(RuleBasedStateMachine):
    """One office, two laptops, one pupil with two contacts."""

    def __init__(self) -> None:
        super().__init__()
        self.held = ExitStack()
        folder = self.held.enter_context(tempfile.TemporaryDirectory())
        self.clock = MovableClock(london(date(2026, 11, 23), 11))
        self.service = Service(Path(folder) / "service", self.clock, self.held)
        self.files: list[tuple[int, Made]] = []
        # By register, each write: its value, and all writes its author had when making it.
        self.writes: dict[tuple[str, str], dict[str, tuple[str, frozenset[str]]]] = {}
        self.sessions: set[str] = set()

    @initialize()
    def begin(self):
        service = self.service
        self.places = [service.office, service.tutor("Kit Hale"), service.tutor("Jo Marsden")]
        self.pupil = service.pupil(self.places[1])
        self.second = service.allocate(self.pupil, self.places[2])
        self.contacts = [
            service.office.create(Contact, pupil=self.pupil, name=name, role="PARENT")
            for name in ("Ann Ash", "Ben Ash")
        ]
        for tutor in self.places[1:]:
            tutor.take(service.down(tutor))

    @rule(
        who=WHO, which=st.integers(0, 1), field=st.sampled_from(FIELDS), word=st.sampled_from(WORDS)
    )
    def edit(self, who, which, field, word):
        place, contact = self.places[who], self.contacts[which]
        if contact not in place.ids_of(Contact):
            return  # its bundle was taken back
        before = place.op_ids()
        if not place.change(Contact, contact, **{field: word}):
            return
        (op_id,) = place.op_ids() - before
        register = self.writes.setdefault((contact, field), {})
        register[op_id] = (word, frozenset(before & register.keys()))

    @rule(who=WHO)
    def teach(self, who):
        self.clock.advance(timedelta(minutes=1))
        self.sessions.add(self.places[who].taught(self.pupil))

    @rule(who=st.integers(1, 2))
    def hand_in(self, who):
        self.files.append((0, self.places[who].up()))

    @rule(who=st.integers(1, 2))
    def give_out(self, who):
        self.files.append((who, self.service.down(self.places[who])))

    @rule(data=st.data())
    def arrive(self, data):
        """Any bundle ever made, perhaps for the second time; the rest may be lost for ever."""
        if self.files:
            to, made = data.draw(st.sampled_from(self.files[-8:]))
            self.places[to].take(made)

    @rule(who=st.integers(1, 2))
    def exchange(self, who):
        self.service.round(self.places[who])

    @rule(given=st.booleans())
    def allocate_second(self, given):
        ends = None if given else date(2026, 11, 20)
        self.service.office.change(Allocation, self.second, ends=ends)

    @rule(who=WHO)
    def take_back(self, who):
        vault = self.places[who].vault
        with vault.read() as connection:
            allowed = undoing.can_undo(connection)
        if allowed:
            undoing.undo(vault)

    @invariant()
    def clashes_are_exactly_the_writes_that_did_not_see_each_other(self):
        for place in getattr(self, "places", ()):
            known = place.op_ids()
            expected = set()
            for register, writes in self.writes.items():
                here = {op_id: writes[op_id] for op_id in writes.keys() & known}
                replaced = {earlier for _word, seen in here.values() for earlier in seen}
                heads = {word for op_id, (word, _seen) in here.items() if op_id not in replaced}
                if len(heads) > 1:
                    expected.add(register)
                if heads:
                    assert place.one(Contact, register[0], register[1]) in heads
            assert place.clashes() == expected

    def teardown(self):
        try:
            if hasattr(self, "places"):
                self.come_to_rest()
        finally:
            self.held.close()

    def come_to_rest(self):
        office, *tutors = self.places
        office.change(Allocation, self.second, ends=None)
        for _ in range(4):
            self.service.round(*tutors)
        scope = f"p:{self.pupil}"
        for tutor in tutors:
            assert tutor.op_ids(scope) == office.op_ids(scope)
            assert tutor.tables({scope, "ref"}) == office.tables({scope, "ref"})
            assert tutor.up().count == 0
        assert self.sessions == office.ids_of(Session)
        for writes in self.writes.values():
            assert writes.keys() <= office.op_ids()
        with office.vault.read() as connection:
            bodies = connection.exec_driver_sql("select body from op").scalars()
            assert all(read_own(body).op_id for body in bodies)


Exchange.TestCase.settings = settings(max_examples=10, stateful_step_count=25)
TestAnyHistory = Exchange.TestCase
