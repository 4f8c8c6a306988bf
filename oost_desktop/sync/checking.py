"""Checking a bundle: everything it would do, worked out in memory, nothing written.

The outcome is a `Plan`: rows to store, records folded, cursors to move, and the report a person
reads. `exchange.py` writes it, or does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from oost_desktop import ids
from oost_desktop.errors import RefusedError
from oost_desktop.progress import Cancel, Progress
from oost_desktop.store.log import here
from oost_desktop.store.vault import Vault
from oost_desktop.sync import feed, holdings, items, stream, tips
from oost_desktop.sync.ballots import Peer, peer_of
from oost_desktop.sync.feed import Run
from oost_desktop.sync.frame import crooked
from oost_desktop.sync.holdings import Head, Held
from oost_desktop.sync.intake import Candidate, Intake, Taken
from oost_desktop.sync.items import ControlItem, Item, OpItem, link_of
from oost_desktop.sync.judging import Author, Judge
from oost_desktop.sync.manifest import Direction, Link, Manifest, Mark, StreamSpan
from oost_desktop.sync.opening import Opened
from oost_desktop.sync.report import CheckReport
from oost_desktop.sync.tips import Tips
from oost_desktop.sync.trust import Trust
from oost_desktop.sync.visibility import desired_scopes, pupil_of


@dataclass
class Moves:
    """Cursors that applying a bundle moves; None where it leaves one alone."""

    fresh: bool
    tips: Tips | None = None
    stream_acked: int | None = None
    restart_stream: bool = False
    own_acked: dict[str, int] = field(default_factory=dict)
    head: Head | None = None
    held: dict[str, Held] | None = None
    trust: Trust | None = None
    put_back: bool = False  # our own vault was restored from a backup: begin a new incarnation
    jump_to: Mark | None = None


@dataclass(frozen=True)
class Plan:
    """What applying a bundle will write. `basis` tells whether the vault has moved since."""

    batch: str
    manifest: Manifest
    taken: Taken
    moves: Moves
    report: CheckReport
    basis: tuple[int, ...]


def basis_of(connection: Connection) -> tuple[int, ...]:
    """Numbers that change whenever something happens that a plan depends on."""
    row = connection.exec_driver_sql(
        "select (select coalesce(max(recv_no), 0) from op), (select count(*) from batch),"
        " (select count(undone_at) from batch), (select count(*) from sent),"
        " (select seq from here)"
    ).one()
    return tuple(row)


def examine(
    vault: Vault,
    connection: Connection,
    opened: Opened,
    today: date,
    cancel: Cancel,
    progress: Progress,
) -> Plan:
    """Work out what a verified bundle does here. Raises RefusedError, CancelledError."""
    manifest = opened.manifest
    peer = peer_of(connection, manifest.device)
    moves = Moves(fresh=manifest.mark.no > peer.seen.no)
    moves.restart_stream = moves.fresh and manifest.resync not in (None, peer.resync)
    batch = ids.random_id()
    exam = _Examination(vault, connection, opened, moves, batch)
    if manifest.direction is Direction.UP:
        gap = exam.take_feed(today, cancel, progress)
    else:
        gap = exam.take_stream(cancel, progress)
    if moves.fresh:
        _note_put_back(connection, manifest, peer, moves)
    taken = exam.intake.finish()
    return Plan(
        batch, manifest, taken, moves, _report(vault, exam, taken, gap), basis_of(connection)
    )


class _Examination:
    """One bundle being examined."""

    def __init__(
        self, vault: Vault, connection: Connection, opened: Opened, moves: Moves, batch: str
    ) -> None:
        self.vault = vault
        self.connection = connection
        self.opened = opened
        self.moves = moves
        self.batch = batch
        self.granted: set[str] = set()
        self.revoked: set[str] = set()
        self.users: set[str] = set(opened.sender.roles)
        self.intake = self._intake(None)

    def _intake(self, author: Author | None) -> Intake:
        vault, org = self.vault, self.opened.trust.keyset.org
        judge = Judge(vault.registry, org, vault.clock.wall_ms(), author)
        return Intake(self.connection, vault.registry, judge, self.batch)

    # --- a laptop's feed, at the office ---------------------------------------------------

    def take_feed(self, today: date, cancel: Cancel, progress: Progress) -> str:
        """Take in a laptop's own operations. Gives what to say of a gap."""
        sender, manifest = self.opened.sender, self.opened.manifest
        self.intake = self._intake(self._author(today))
        section = self.opened.sections.get(feed.NAME)
        runs = feed.read_runs(section) if section is not None else []
        moved = tips.tips_of(self.connection, sender.device)
        joined = True
        for run in runs:
            if run.device != sender.device:
                raise RefusedError("This bundle holds changes that its sender did not make.")
            if not run.is_signed_by(sender.key):
                raise RefusedError("A chain of changes in this bundle is broken.")
            joined = tips.advance(self.connection, moved, run) and joined
        self.intake.take(_candidates(runs), cancel, progress)
        self.moves.tips = moved
        if self.moves.fresh:
            self.moves.stream_acked, doubtful = stream.judge_ack(
                self.connection, sender.device, manifest.stream_ack
            )
            self.moves.restart_stream = self.moves.restart_stream or doubtful
        return (
            ""
            if joined
            else (
                "An earlier bundle from this laptop is missing. What is in this one counts; the"
                " laptop will send the rest again."
            )
        )

    def _author(self, today: date) -> Author:
        sender = self.opened.sender
        current: set[str] = set()
        for user in sender.roles:
            current |= desired_scopes(self.connection, user, today)
        ever = stream.granted_ever(self.connection, sender.device)
        return Author(sender.device, sender.roles, frozenset(current), frozenset(ever))

    # --- the office's stream, on a laptop -------------------------------------------------

    def take_stream(self, cancel: Cancel, progress: Progress) -> str:
        """Take in what the office delivers. Gives what to say of a gap."""
        moves, manifest = self.moves, self.opened.manifest
        moves.trust = self.opened.trust
        if moves.fresh:
            self._note_acknowledged()
        section, span = self.opened.sections.get(items.NAME), manifest.stream
        if section is None or span is None:
            return ""
        delivered = items.read_items(section)
        links = _links(delivered, span)
        head = holdings.head_of(self.connection, self.vault.place.device)
        held = holdings.held_by(self.connection, self.vault.place.device)
        if span.epoch != head.epoch:
            if not moves.fresh:
                return ""
            head = Head(span.epoch, Link(0, items.NO_LINK))
            held = {}
        trouble = _trouble(span, links, head)
        if trouble:
            return trouble
        fresh = delivered[max(0, head.link.number - span.base.number) :]
        self._take_items(fresh, held, cancel, progress)
        if span.last.number > head.link.number or head.link.number == 0:
            head = Head(span.epoch, span.last)
        moves.head, moves.held = head, held
        return ""

    def _take_items(
        self, fresh: Sequence[Item], held: dict[str, Held], cancel: Cancel, progress: Progress
    ) -> None:
        self.intake.take(
            [
                (item.raw, item.digest, item.previous, item.signature, None)
                for item in fresh
                if isinstance(item, OpItem)
            ],
            cancel,
            progress,
        )
        for item in fresh:
            if isinstance(item, ControlItem):
                holdings.after(held, item)
                self._note_pupil(item)

    def _note_pupil(self, item: ControlItem) -> None:
        pupil = pupil_of(item.scope)
        if pupil is None:
            return
        if item.kind == items.GRANT:
            self.granted.add(pupil)
            self.revoked.discard(pupil)
        elif item.kind == items.REVOKE:
            self.revoked.add(pupil)
            self.granted.discard(pupil)

    def _note_acknowledged(self) -> None:
        """By link, never by number: what the office has of our feed."""
        place = here(self.connection)
        for incarnation, links in self.opened.manifest.tips.items():
            for link in links:
                mine = self.connection.exec_driver_sql(
                    "select 1 from op where device = ? and incarnation = ? and seq = ?"
                    " and entry = ?",
                    (place.device, incarnation, link.number, link.hash),
                ).first()
                if mine is not None:
                    acked = self.moves.own_acked.get(incarnation, 0)
                    self.moves.own_acked[incarnation] = max(acked, link.number)
                elif incarnation == place.incarnation:
                    self.moves.put_back = True


def _candidates(runs: Sequence[Run]) -> list[Candidate]:
    return [
        candidate
        for run in runs
        for candidate in zip(
            run.raws,
            run.digests,
            [run.previous, *run.entries[:-1]],
            run.signatures,
            run.entries,
            strict=True,
        )
    ]


def _links(delivered: Sequence[Item], span: StreamSpan) -> list[bytes]:
    """The chain from the piece's base: one link more than there are items."""
    links = [span.base.hash]
    for item in delivered:
        links.append(link_of(links[-1], item))
    if span.last != Link(span.base.number + len(delivered), links[-1]):
        raise crooked("its deliveries do not follow one another")
    return links


def _trouble(span: StreamSpan, links: Sequence[bytes], head: Head) -> str:
    """Why nothing of a stream can be taken in, or nothing if it can."""
    at = head.link.number - span.base.number
    if at < 0:
        return (
            "An earlier bundle from the office is missing. Take that one in first, or make a"
            " bundle for the office: its next one will bring everything."
        )
    if at < len(links) and links[at] != head.link.hash:
        return (
            "The office has been put back to an earlier day. Make a bundle for it; its next one"
            " will bring everything."
        )
    return ""


def _note_put_back(connection: Connection, manifest: Manifest, peer: Peer, moves: Moves) -> None:
    """The peer has seen a bundle of ours that we know nothing of: we were put back in time."""
    seen = manifest.seen
    if seen.no > peer.sent.no:
        moves.put_back, moves.jump_to = True, seen
    elif seen.no > 0:
        ours = connection.exec_driver_sql(
            "select bundle from sent where peer = ? and no = ?", (peer.device, seen.no)
        ).scalar_one_or_none()
        if ours is not None and ours != seen.id:
            moves.put_back, moves.jump_to = True, peer.sent


def _report(vault: Vault, exam: _Examination, taken: Taken, gap: str) -> CheckReport:
    manifest = exam.opened.manifest
    nothing_new = not taken.op_rows and not exam.granted and not exam.revoked
    return CheckReport(
        device=manifest.device,
        users=tuple(sorted(exam.users)),
        no=manifest.mark.no,
        known=nothing_new and not gap,
        fresh=exam.moves.fresh,
        files=taken.counts.files(vault.registry, taken.clashes),
        clashes=taken.clashes,
        refusals=tuple(taken.refusals),
        gap=gap,
        granted=tuple(sorted(exam.granted)),
        revoked=tuple(sorted(exam.revoked)),
    )
