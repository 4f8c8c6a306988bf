"""The vault's tables that are not views of operations: the log, and what never leaves here.

`op` is the truth. `here` is this device's place in its own feed. The tables below "exchange"
keep what is known of other devices; `sync/` fills them. `draft`, `own_key` and `local` stay on
this machine and travel in no bundle. The search index `find` is no table that SQLAlchemy knows:
its first migration makes it, `store/search.py` uses it.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

metadata = MetaData()


def _text(name: str, *, empty: bool = False) -> Column[str]:
    return Column(name, Text, nullable=empty)


op = Table(
    "op",
    metadata,
    Column("recv_no", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    _text("device"),
    _text("incarnation"),
    Column("seq", Integer, nullable=False),
    Column("hlc", Integer, nullable=False),
    _text("scope"),
    _text("etype"),
    _text("entity"),
    _text("user"),
    _text("kind"),
    Column("body", LargeBinary, nullable=True),  # empty once purged; the chain still verifies
    Column("digest", LargeBinary, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=True),
    _text("status"),
    _text("batch", empty=True),
    Index("ix_op_entity", "entity"),
    Index("ix_op_scope", "scope"),
    Index("ix_op_feed", "device", "incarnation", "seq"),  # not unique: forks are kept
)

clash = Table(
    "clash",
    metadata,
    _text("entity"),
    _text("unit"),
    _text("etype"),
    _text("scope"),
    _text("heads"),
    PrimaryKeyConstraint("entity", "unit"),
)

here = Table(
    "here",
    metadata,
    Column("one", Integer, primary_key=True),
    _text("org"),
    _text("device"),
    _text("incarnation"),
    Column("seq", Integer, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("hlc", Integer, nullable=False),
)

local = Table(
    "local",
    metadata,
    _text("name"),
    _text("value"),
    PrimaryKeyConstraint("name"),
)

secret = Table(
    "secret",
    metadata,
    _text("name"),
    Column("value", LargeBinary, nullable=False),
    PrimaryKeyConstraint("name"),
)

own_key = Table(
    "own_key",
    metadata,
    _text("entity"),
    Column("content_key", LargeBinary, nullable=False),
    PrimaryKeyConstraint("entity"),
)

draft = Table(
    "draft",
    metadata,
    _text("id"),
    _text("form"),
    _text("subject", empty=True),
    _text("person"),
    _text("content"),
    _text("field"),
    Column("caret", Integer, nullable=False),
    _text("kept_at"),
    PrimaryKeyConstraint("id"),
)

document_body = Table(
    "document_body",
    metadata,
    _text("entity"),
    Column("pdf", LargeBinary, nullable=False),
    PrimaryKeyConstraint("entity"),
)

find_record = Table(  # which record each row of the search index `find` is about
    "find_record",
    metadata,
    Column("no", Integer, primary_key=True),
    _text("etype"),
    Column("entity", Text, nullable=False, unique=True),
)

# --- exchange -----------------------------------------------------------------------------

peer = Table(
    "peer",
    metadata,
    _text("device"),
    Column("sent_no", Integer, nullable=False),
    _text("sent_id", empty=True),
    _text("sent_at", empty=True),
    Column("seen_no", Integer, nullable=False),
    _text("seen_id", empty=True),
    _text("seen_at", empty=True),
    Column("keyset_no", Integer, nullable=False),  # the newest keyset they said they hold
    _text("resync", empty=True),  # their last wish to be given everything again, granted
    PrimaryKeyConstraint("device"),
)

feed_tip = Table(
    "feed_tip",
    metadata,
    _text("device"),
    _text("incarnation"),
    Column("seq", Integer, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    PrimaryKeyConstraint("device", "incarnation", "entry"),
)

own_ack = Table(
    "own_ack",
    metadata,
    _text("incarnation"),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("incarnation"),
)

sent = Table(
    "sent",
    metadata,
    _text("peer"),
    Column("no", Integer, nullable=False),
    _text("bundle"),
    _text("incarnation"),
    Column("last_seq", Integer, nullable=False),
    Column("last_item", Integer, nullable=False),
    _text("made_at"),
    _text("file"),
    _text("sha256"),
    PrimaryKeyConstraint("peer", "no"),
)

delivery = Table(
    "delivery",
    metadata,
    _text("device"),
    Column("no", Integer, nullable=False),
    _text("kind"),
    _text("detail"),
    Column("recv_no", Integer, nullable=True),
    Column("chain", LargeBinary, nullable=False),
    PrimaryKeyConstraint("device", "no"),
)

stream = Table(
    "stream",
    metadata,
    _text("device"),
    _text("epoch"),
    Column("head", Integer, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("acked", Integer, nullable=False),
    Column("caught_up_to", Integer, nullable=False),
    PrimaryKeyConstraint("device"),
)

held = Table(
    "held",
    metadata,
    _text("device"),
    _text("scope"),
    Column("generation", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("revoked", Boolean, nullable=False),
    PrimaryKeyConstraint("device", "scope"),
)

batch = Table(
    "batch",
    metadata,
    _text("id"),
    _text("applied_at"),
    _text("peer"),
    Column("bundle_no", Integer, nullable=False),
    _text("summary"),
    _text("before"),
    _text("undone_at", empty=True),
    PrimaryKeyConstraint("id"),
)

remark = Table(  # why an operation was not folded, or that it came late: for people, not the fold
    "remark",
    metadata,
    _text("op_id"),
    _text("kind"),
    _text("words"),
    PrimaryKeyConstraint("op_id", "kind"),
)

keyset_document = Table(
    "keyset_document",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("document", LargeBinary, nullable=False),
)
