"""Canonical JSON: one value has exactly one spelling, so that bytes can be hashed and signed.

UTF-8; ASCII keys, sorted; no spaces; no floats; whole numbers below 2**53; no duplicate keys; at
most eight levels deep. What `loads` accepts, `dumps` writes back byte for byte. The depth is
known before anything is parsed, so hostile nesting costs no stack. This module sets no limit on
length: whoever reads a file does.
"""

import json
from collections.abc import Callable, Iterable
from json import JSONDecodeError
from typing import Any, NoReturn

from oost_desktop.errors import BugError, RefusedError

MAX_DEPTH = 8
MAX_INTEGER = 2**53 - 1
_LONGEST_INTEGER = 17  # a sign and sixteen digits

_STRUCTURE = b'[]{}"'
_NOT_STRUCTURE = bytes(set(range(256)) - set(_STRUCTURE))
_SQUARE_TO_CURLY = bytes.maketrans(b"[]", b"{}")


class _Uncanonical(ValueError):
    """Why a text is not canonical."""


def dumps(value: object) -> bytes:
    """The only spelling of a value made of dict, list, tuple, str, int, bool and None.

    Raises BugError for anything else (floats, other keys than ASCII text, large numbers, too
    much depth) and RefusedError for text that no UTF-8 file can hold (half of a surrogate pair).
    """
    try:
        _check_values(value)
        return _encode(value)
    except UnicodeEncodeError as error:
        raise RefusedError(
            "This text holds half of a character, which cannot be stored.",
            "Delete the character that is shown as a box or question mark and type it again.",
        ) from error
    except _Uncanonical as error:
        raise BugError(f"A value cannot be written as canonical JSON: {error}.") from error


def loads(raw: bytes) -> Any:
    """The value of a canonical text. Raises RefusedError for every other text.

    Costs about 10 µs for an operation of 500 bytes (`dumps(loads(raw)) == raw` is verified,
    which is also what finds duplicate and unsorted keys).
    """
    try:
        _check_depth(raw)
        value = _decode(raw.decode("utf-8"))
        if not raw.isascii():
            _check_values(value)
        if _encode(value) != raw:
            raise _Uncanonical("it is spelt differently from how this program spells it")
    except JSONDecodeError as error:
        raise _refusal(f"it is not JSON at character {error.pos}") from error
    except UnicodeError as error:
        raise _refusal("it holds bytes that are not UTF-8 text") from error
    except _Uncanonical as error:
        raise _refusal(str(error)) from error
    return value


def load_object(raw: bytes) -> dict[str, Any]:
    """As `loads`, and refuses anything that is not an object (a mapping)."""
    value = loads(raw)
    if type(value) is not dict:
        raise _refusal("it is not an object")
    return value


def loads_trusted(raw: bytes) -> Any:
    """The value of bytes that `loads` has accepted or `dumps` has written before. Checks nothing.

    For what comes out of our own encrypted store; never for anything out of a file or bundle.
    """
    return _TRUSTING_DECODER.decode(raw.decode("utf-8"))


def _refusal(why: str) -> RefusedError:
    return RefusedError(f"This data is not in the form this program writes: {why}.")


def _check_depth(raw: bytes) -> None:
    """Count nesting by striking out the innermost pairs of brackets, one level a round."""
    if b'\\"' in raw:
        raw = _without_escapes(raw)
    skeleton = raw.translate(_SQUARE_TO_CURLY, _NOT_STRUCTURE)
    # Two neighbouring quotes are a string without brackets. If every quote goes this way, each
    # bracket has an even number of quotes before it, and so stands outside all strings.
    skeleton = skeleton.replace(b'""', b"")
    if b'"' in skeleton:
        skeleton = _outside_strings(raw)
    for _ in range(MAX_DEPTH):
        if not skeleton:
            return
        skeleton = skeleton.replace(b"{}", b"")
    if skeleton:
        raise _Uncanonical("its brackets do not match or are nested too deeply")


def _without_escapes(raw: bytes) -> bytes:
    return raw.replace(b"\\\\", b"").replace(b'\\"', b"")


def _outside_strings(raw: bytes) -> bytes:
    """The brackets that stand outside strings. Escaped quotes are gone already."""
    outside = b"".join(raw.split(b'"')[::2])
    return outside.translate(_SQUARE_TO_CURLY, _NOT_STRUCTURE)


def _refuse_number(text: str) -> NoReturn:
    raise _Uncanonical(f"it holds {text[:20]}, which is not a whole number")


def _whole_number(text: str) -> int:
    if len(text) <= _LONGEST_INTEGER:
        number = int(text)
        if -MAX_INTEGER <= number <= MAX_INTEGER:
            return number
    raise _Uncanonical("it holds a number of 2 to the power 53 or more")


def _check_values(value: object) -> None:
    """Only what JSON can say exactly, level by level."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        level = _inside(level)
        if not level:
            return
    if any(isinstance(item, dict | list | tuple) for item in level):
        raise _Uncanonical("it is nested too deeply")
    _inside(level)


def _inside(level: list[object]) -> list[object]:
    inner: list[object] = []
    for item in level:
        if isinstance(item, dict):
            _check_keys(item)
            inner.extend(item.values())
        elif isinstance(item, list | tuple):
            inner.extend(item)
        else:
            _check_plain(item)
    return inner


def _check_keys(mapping: dict[Any, Any]) -> None:
    for key in mapping:
        if not isinstance(key, str) or not key.isascii():
            raise _Uncanonical("one of its keys is not ASCII text")


def _check_plain(value: object) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if not isinstance(value, int):
        raise _Uncanonical(f"it holds a {type(value).__name__}")
    if not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise _Uncanonical("it holds a number of 2 to the power 53 or more")


def _decode(text: str) -> Any:
    """As `JSONDecoder.decode`, without its search for the white space that we do not allow."""
    try:
        value, end = _scan_once(text, 0)
    except StopIteration as error:
        raise _Uncanonical(f"it is not JSON at character {error.value}") from error
    if end != len(text):
        raise _Uncanonical("something follows its end")
    return value


def _encode(value: object) -> bytes:
    return "".join(_spell(value, 0)).encode("utf-8")


def _speller() -> Callable[[object, int], Iterable[str]]:
    """What `JSONEncoder.encode` makes anew at every call, made once: a third of its time."""
    encoder = json.JSONEncoder(
        ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return lambda value, _level: encoder.iterencode(value)
    spell: Callable[[object, int], Iterable[str]] = make(
        None, encoder.default, json.encoder.encode_basestring, None, ":", ",", True, False, False
    )
    return spell


_spell = _speller()
_DECODER = json.JSONDecoder(
    parse_float=_refuse_number, parse_constant=_refuse_number, parse_int=_whole_number
)
_scan_once: Callable[[str, int], tuple[Any, int]] = _DECODER.scan_once  # type: ignore[attr-defined]
_TRUSTING_DECODER = json.JSONDecoder()
