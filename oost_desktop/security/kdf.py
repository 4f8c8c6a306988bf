"""From a passphrase to a key: Argon2id (RFC 9106), its cost, and the limits on both.

Guarantees that no cost below the floor protects a real child's file, and that a hostile file
cannot make this program take more than 1 GiB or hours. Takes about a second: call it off the
main thread.
"""

import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from oost_desktop.errors import BugError, DamageError, UserError
from oost_desktop.security.secret import Secret

SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
_MOST_M_KIB: Final = 1024 * 1024
_MOST_T: Final = 10
_MOST_P: Final = 8
_FLOOR_M_KIB: Final = 64 * 1024
_FLOOR_T: Final = 3
_INVENTED: Final = (256, 2, 1)


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Memory in KiB, passes, lanes. Below the floor only as `KdfCost.invented()` (BugError)."""

    m_kib: int
    t: int
    p: int

    def __post_init__(self) -> None:
        if not (self.is_invented or self._is_safe()) or not self._is_bearable():
            raise BugError(f"The key derivation cost {self} is outside its limits.")

    @classmethod
    def invented(cls) -> "KdfCost":
        """Milliseconds instead of a second, for vaults that hold no real child.

        The tour, practice and the tests make and open dozens of vaults; a real cost would make
        each of them take a second and a quarter of a GiB. Gives no protection worth the name:
        anyone with the file can try thousands of passphrases a second.
        """
        return cls(*_INVENTED)

    @classmethod
    def from_slot(cls, fields: Mapping[str, object]) -> "KdfCost":
        """Read from a key file: {"m_kib", "t", "p"}. Raises DamageError outside the limits."""
        numbers = [fields.get(name) for name in ("m_kib", "t", "p")]
        if not all(type(number) is int for number in numbers):
            raise _not_ours()
        try:
            return cls(*numbers)  # type: ignore[arg-type]  # checked one line up
        except BugError as error:
            raise _not_ours() from error

    @property
    def is_invented(self) -> bool:
        """Whether this is the cheap cost for invented children."""
        return (self.m_kib, self.t, self.p) == _INVENTED

    def _is_safe(self) -> bool:
        return self.m_kib >= _FLOOR_M_KIB and self.t >= _FLOOR_T and self.p >= 1

    def _is_bearable(self) -> bool:
        return self.m_kib <= _MOST_M_KIB and self.t <= _MOST_T and self.p <= _MOST_P


FLOOR = KdfCost(_FLOOR_M_KIB, _FLOOR_T, 1)
DEFAULT = KdfCost(256 * 1024, 3, 1)


def derive_key(passphrase: str, salt: bytes, cost: KdfCost) -> Secret:
    """32 bytes by Argon2id from a passphrase in NFKC form: é is é, however it was typed.

    Raises UserError when the machine has not enough free memory.
    """
    return argon2id(unicodedata.normalize("NFKC", passphrase).encode(), salt, cost)


def argon2id(password: bytes, salt: bytes, cost: KdfCost) -> Secret:
    """32 bytes by Argon2id. The salt has `SALT_BYTES` random bytes."""
    try:
        key = Argon2id(
            salt=salt, length=KEY_BYTES, iterations=cost.t, lanes=cost.p, memory_cost=cost.m_kib
        ).derive(password)
    except MemoryError as error:
        raise UserError(
            f"Unlocking needs {cost.m_kib // 1024} MiB of free memory, and there is less.",
            "Close other programs and try again.",
        ) from error
    return Secret(key)


def calibrate(target_s: float, timer: Callable[[], float] = time.perf_counter) -> KdfCost:
    """The memory that makes one derivation take about `target_s` seconds on this machine.

    Between the floor (64 MiB) and twice the default (512 MiB: school laptops have 4 GiB), in
    steps of 16 MiB. Measures once, at the floor; time grows in proportion to memory.
    """
    started = timer()
    argon2id(b"calibration", bytes(SALT_BYTES), FLOOR)
    measured_s = max(timer() - started, 1e-6)
    step = 16 * 1024
    wanted = int(FLOOR.m_kib * target_s / measured_s) // step * step
    return KdfCost(min(max(wanted, FLOOR.m_kib), 2 * DEFAULT.m_kib), DEFAULT.t, DEFAULT.p)


def _not_ours() -> DamageError:
    return DamageError(
        "The key file asks for more or less work than this program ever does.",
        "Do not use it. Put back keystore.json from a backup, or ask the office.",
    )
