"""A weak passphrase is refused with advice; five words are always good enough."""

import pytest

from oost_desktop.errors import UserError
from oost_desktop.security import passphrase
from oost_desktop.security.words import word_list


@pytest.mark.parametrize("weak", ["", "   ", "password", "Derby2024", "12345678", "qwertyuiop"])
def test_what_anyone_would_try_is_refused_with_advice(weak):
    strength = passphrase.judge(weak)
    assert not strength.accepted
    assert strength.advice
    with pytest.raises(UserError) as told:
        passphrase.require_strong(weak)
    assert told.value.advice == strength.advice


def test_ones_own_name_is_no_passphrase():
    name = "Bronislava Szczepanska"
    assert passphrase.judge(name).accepted
    assert not passphrase.judge(name, known=["Bronislava", "Szczepanska"]).accepted


def test_the_suggestion_is_accepted_and_never_the_same():
    suggestions = {passphrase.suggest() for _ in range(20)}
    assert len(suggestions) == 20
    for suggestion in suggestions:
        assert len(suggestion.split()) == 5
        assert set(suggestion.split()) <= set(word_list())
        assert passphrase.judge(suggestion).accepted


def test_three_words_for_an_invented_service():
    assert len(passphrase.suggest(3).split()) == 3


def test_one_word_five_times_is_not_five_words():
    assert not passphrase.judge("zoo zoo zoo zoo zoo").accepted


def test_a_very_long_passphrase_is_judged_like_any_other():
    assert passphrase.judge("sea lantern quarrel " * 50).accepted
    assert not passphrase.judge("a" * 5000).accepted
