"""Every colour that carries words or edges can be seen (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from oost_desktop.views.tokens import DARK, LIGHT, Tokens, Tone, contrast

WORDS = 4.5
EDGES = 3.0

both = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@both
@pytest.mark.parametrize("ink", ["text", "muted", "placeholder", "focus", "danger", "warn", "ok"])
@pytest.mark.parametrize("ground", ["base", "window"])
def test_words_can_be_read(tokens: Tokens, ink: str, ground: str):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= WORDS


@both
@pytest.mark.parametrize("ground", ["hover", "selected"])
def test_words_can_be_read_under_the_pointer_and_when_selected(tokens: Tokens, ground: str):
    assert contrast(tokens.text, getattr(tokens, ground)) >= WORDS
    assert contrast(tokens.focus, getattr(tokens, ground)) >= WORDS


@both
@pytest.mark.parametrize("tone", list(Tone))
def test_a_pill_can_be_read(tokens: Tokens, tone: Tone):
    assert contrast(tokens.of(tone), tokens.tint_of(tone)) >= WORDS


@both
def test_words_on_buttons_can_be_read(tokens: Tokens):
    assert contrast(tokens.on_accent, tokens.accent) >= WORDS
    assert contrast(tokens.on_accent, tokens.accent_pressed) >= WORDS
    assert contrast(tokens.on_danger, tokens.danger) >= WORDS
    assert contrast(tokens.on_danger, tokens.danger_pressed) >= WORDS
    assert contrast(tokens.danger, tokens.danger_tint) >= WORDS


@both
@pytest.mark.parametrize("ground", ["base", "window"])
def test_edges_and_focus_can_be_seen(tokens: Tokens, ground: str):
    for edge in (tokens.border, tokens.focus, tokens.accent):
        assert contrast(edge, getattr(tokens, ground)) >= EDGES


@both
def test_body_text_is_darker_than_the_least(tokens: Tokens):
    """The study measured 16.6 light and 14.7 dark on base; nothing may wash it out later."""
    assert contrast(tokens.text, tokens.base) >= 14
