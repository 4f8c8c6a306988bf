"""Identifiers: 32 lower-case hexadecimal characters, nothing else.

Records use UUIDv7, so that ids made together lie together in an index. Nothing may read the
time back out of one: a laptop's clock can be wrong by years.
"""

import secrets
import time


def record_id(wall_ms: int | None = None) -> str:
    """A new record id (UUIDv7). `wall_ms` only places it in the index."""
    ms = int(time.time() * 1000) if wall_ms is None else wall_ms
    value = (ms & 0xFFFFFFFFFFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return f"{value:032x}"


def random_id() -> str:
    """128 random bits: devices, incarnations, bundles, transactions."""
    return secrets.token_hex(16)
