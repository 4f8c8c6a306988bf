"""The find box finds what people type, newest first, and nothing that is sealed or gone."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oost_desktop.models import RECORDS, Concern, Contact, Pupil, Session
from oost_desktop.store import search
from oost_desktop.store.vault import Vault
from tests.store.vaults import COORDINATOR, TUTOR

NAMES = (
    "Zofia Świątek",
    "Łukasz Łęcki",
    "Søren Ødegård",
    "Đặng Thị Hoa",
    "Müller",
    "Æthelred Straße",
    "Ἀλέξανδρος",
    "हिन्दी वर्मा",
    "علي",
    "Anna-Maria Ng",
)


def indexed(vault: Vault) -> None:
    with vault.write() as connection:
        while search.catch_up(connection, RECORDS, 3):
            pass


def titles(vault: Vault, text: str, **how: object) -> list[str]:
    with vault.read() as connection:
        return [hit.title for hit in search.find(connection, RECORDS, text, **how)]  # type: ignore[arg-type]


@pytest.fixture
def named(vault):
    """Adults whose names need care."""
    with vault.act(COORDINATOR) as unit:
        pupil = unit.create(Pupil, {"preferred_forename": "Ŵyn", "legal_surname": "O’Brien"})
        for name in NAMES:
            unit.create(Contact, {"pupil": pupil, "name": name, "role": "PARENT"})
    indexed(vault)
    return vault


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wyn", "Ŵyn O’Brien"),
        ("Ŵyn", "Ŵyn O’Brien"),
        ("swiatek", "Zofia Świątek"),
        ("ŚWIĄTEK", "Zofia Świątek"),
        ("lukasz", "Łukasz Łęcki"),
        ("łecki", "Łukasz Łęcki"),
        ("soren odegard", "Søren Ødegård"),
        ("dang", "Đặng Thị Hoa"),
        ("muller", "Müller"),
        ("aethelred strasse", "Æthelred Straße"),
        ("αλεξ", "Ἀλέξανδρος"),
        ("हिन्दी", "हिन्दी वर्मा"),
        ("علي", "علي"),
        ("brien", "Ŵyn O’Brien"),
        ("o'brien", "Ŵyn O’Brien"),
        ("maria", "Anna-Maria Ng"),
        ("anna-m", "Anna-Maria Ng"),
        ("zof swi", "Zofia Świątek"),
        ("swi zof", "Zofia Świątek"),
    ],
)
def test_accents_case_and_half_words(named, typed, found):
    assert titles(named, typed) == [found]


@pytest.mark.parametrize("typed", ["", "   ", "***", '"', "zof nobody", "iatek"])
def test_what_finds_nothing(named, typed):
    assert titles(named, typed) == []


@given(st.text(max_size=30))
@example('a" OR "b')
@example("words:swi")
@example("NEAR(zofia swiatek)")
@example("zofia AND NOT (")
@example("-zof ^zof {zof} zof*")
@example("\0zof")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_anyone_types_breaks_it(named, typed):
    titles(named, typed, etypes=["contact"])


def test_words_of_the_query_language_are_words(vault, case):
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": "Neither OR nor AND, but near enough"})
    indexed(vault)
    assert len(titles(vault, "neither OR")) == 1
    assert titles(vault, "neither OR missing") == []


def test_the_newest_comes_first_and_a_change_makes_a_record_new(vault, case, clock):
    made = []
    for n in range(3):
        clock.advance(timedelta(hours=1))
        with vault.act(COORDINATOR) as unit:
            made.append(unit.create(Contact, {"pupil": case.pupil, "name": f"Same Name {n}"}))
    indexed(vault)
    assert titles(vault, "same") == ["Same Name 2", "Same Name 1", "Same Name 0"]
    with vault.act(COORDINATOR) as unit:
        unit.change(Contact, made[0], {"name": "Same Name again"})
    indexed(vault)
    assert titles(vault, "same", limit=2) == ["Same Name again", "Same Name 2"]


def test_old_words_and_removed_records_are_not_found(vault, case):
    indexed(vault)
    assert len(titles(vault, "fractions")) == 1
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": "Decimals"})
    indexed(vault)
    assert titles(vault, "fractions") == []
    with vault.act(TUTOR) as unit:
        unit.remove(Session, case.session)
    assert titles(vault, "decimals") == []  # even before the index has caught up
    indexed(vault)
    assert titles(vault, "decimals") == []
    with vault.act(TUTOR) as unit:
        unit.restore(Session, case.session)
    indexed(vault)
    assert len(titles(vault, "decimals")) == 1


def test_a_type_can_be_asked_for(vault, case):
    with vault.act(COORDINATOR) as unit:
        unit.create(Contact, {"pupil": case.pupil, "name": "Mr Fraction"})
    indexed(vault)
    assert len(titles(vault, "fraction")) == 2
    assert titles(vault, "fraction", etypes=["contact"]) == ["Mr Fraction"]
    assert titles(vault, "fraction", etypes=["pupil"]) == []
    assert titles(vault, "fraction", etypes=[]) == []


def test_a_hit_shows_the_words_around_what_was_found(vault, case):
    before = "She told me about her week at home and the canal. " * 4
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": before + "Then Łukasz measured it. " * 4})
    indexed(vault)
    with vault.read() as connection:
        (hit,) = search.find(connection, RECORDS, "lukasz measured")
    assert "Łukasz measured it" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 140
    assert (hit.etype, hit.entity) == ("session", case.session)
    assert hit.title.startswith("23/11/2026 09:00")


def test_nothing_sealed_is_indexed(vault, case):
    with vault.act(TUTOR) as unit:
        unit.create(Concern, {"pupil": case.pupil}, sealed={"words": "cipherword"})
    indexed(vault)
    assert titles(vault, "cipherword") == []
    assert not any(search.is_indexed(record) for record in RECORDS if record.sealed)
    with vault.read() as connection:
        types = connection.exec_driver_sql("select distinct etype from find_record").scalars()
        assert set(types) == {"pupil", "session"}


def test_an_undo_is_brought_up_to_date_by_name(vault, case):
    indexed(vault)
    with vault.write() as connection:
        connection.exec_driver_sql("delete from session")
        search.index_again(connection, RECORDS, {case.session: "session"})
        counted = connection.exec_driver_sql(
            "select count(*) from find where find match 'words : fractions'"
        ).scalar_one()
        assert counted == 0
        from oost_desktop.store.projection import rebuild

        rebuild(connection, RECORDS)


def test_starting_again_finds_everything_again(vault, case):
    indexed(vault)
    with vault.write() as connection:
        search.start_again(connection)
    assert titles(vault, "fractions") == []
    indexed(vault)
    assert len(titles(vault, "fractions")) == 1
