"""One value, one spelling: what is hashed and signed can be read in one way only."""

import json
import math
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oost_desktop import canonical
from oost_desktop.errors import BugError, RefusedError

integers = st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER)
texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=127))
leaves = st.none() | st.booleans() | integers | texts
values = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=12
)
shallow = values.filter(lambda value: _depth(value) <= canonical.MAX_DEPTH)


def _depth(value: object) -> int:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return 1 + max((_depth(inner) for inner in value), default=0)
    return 0


@given(shallow)
def test_what_is_written_is_read_back_the_same(value):
    raw = canonical.dumps(value)
    assert canonical.loads(raw) == value
    assert json.loads(raw) == value


@given(shallow, shallow)
def test_two_values_never_share_a_spelling(one, other):
    assert (canonical.dumps(one) == canonical.dumps(other)) == (_typed(one) == _typed(other))


def _typed(value: object) -> object:
    """Python holds True == 1; JSON does not."""
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    return (type(value), value)


@given(st.dictionaries(keys, leaves, min_size=2))
def test_order_of_keys_in_memory_does_not_matter(mapping):
    backwards = dict(reversed(mapping.items()))
    assert canonical.dumps(backwards) == canonical.dumps(mapping)


@given(st.binary(max_size=60))
def test_any_bytes_are_either_canonical_or_refused(raw):
    try:
        value = canonical.loads(raw)
    except RefusedError:
        return
    assert canonical.dumps(value) == raw


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense",
        b'{"a":1} ',
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":01}',
        b"NaN",
        b"Infinity",
        b'{"a":9007199254740992}',
        b'{"a":-9007199254740992}',
        b'{"\xc3\xa9":1}',
        b'{"a":"\\u00e9"}',
        b'{"a":"\\/"}',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b'"a\nb"',
        b"[[[[[[[[[]]]]]]]]]",
        b"[1,]",
        b'{"a":}',
        b"[}",
    ],
)
def test_any_other_spelling_is_refused(raw):
    with pytest.raises(RefusedError):
        canonical.loads(raw)


def test_eight_levels_are_read_and_nine_are_refused():
    assert canonical.loads(b"[" * 8 + b"]" * 8)
    with pytest.raises(RefusedError, match="nested"):
        canonical.loads(b"[" * 9 + b"]" * 9)


@pytest.mark.parametrize(
    "text", ["[", "]", '"[', '\\"[', '\\\\"]', "\\", "{}{}", '"]"', "\\\\\\"], ids=repr
)
def test_brackets_and_quotes_inside_text_are_not_nesting(text):
    value = {"covered": text * 20, "next": [text, {"again": text}]}
    assert canonical.loads(canonical.dumps(value)) == value


@pytest.mark.parametrize("text", ["]", '\\"]', '"]', "}{"])
def test_brackets_inside_text_cannot_hide_nesting(text):
    string = json.dumps(text)
    deep = f"[{string}," * 9 + "0" + "]" * 9
    with pytest.raises(RefusedError, match="nested"):
        canonical.loads(deep.replace(" ", "").encode())


@pytest.mark.parametrize(
    "raw",
    [b"[" * 10**6 + b"]" * 10**6, b"[" * 10**6, b'{"a":' * 10**6, b"9" * 10**6],
    ids=["nested", "open", "objects", "digits"],
)
def test_hostile_size_costs_little_memory(raw):
    tracemalloc.start()
    with pytest.raises(RefusedError):
        canonical.loads(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * len(raw) + 100_000


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        math.nan,
        {1: 2},
        {"é": 1},
        {None: 1},
        b"bytes",
        {1, 2},
        2**53,
        [[[[[[[[[]]]]]]]]],
    ],
    ids=repr,
)
def test_what_has_no_canonical_spelling_is_a_bug_of_ours(value):
    with pytest.raises(BugError):
        canonical.dumps(value)


def test_half_a_character_is_told_to_the_user():
    with pytest.raises(RefusedError, match="half of a character"):
        canonical.dumps({"note": "a\ud83d"})


def test_an_object_is_asked_for_and_a_list_is_refused():
    assert canonical.load_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(RefusedError):
        canonical.load_object(b"[1]")


@given(shallow)
def test_our_own_bytes_can_be_read_without_the_checks(value):
    assert canonical.loads_trusted(canonical.dumps(value)) == value
