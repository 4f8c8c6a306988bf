"""Whatever was changed behind the program's back is found, and told without a value."""

from pathlib import Path

import pytest

from oost_desktop.models import Contact, Pupil
from oost_desktop.security.signing import SigningKey
from oost_desktop.store import check
from oost_desktop.store.vault import Vault
from tests.store.vaults import COORDINATOR, copied


@pytest.fixture
def other(template: Path, tmp_path: Path, clock):
    """A vault with three operations that a test may spoil."""
    with copied(template, tmp_path / "other", clock.clock()) as vault:
        with vault.act(COORDINATOR) as unit:
            pupil = unit.create(Pupil, {"legal_forename": "Ada", "note": "a secret word"})
            unit.create(Contact, {"pupil": pupil, "name": "Mrs Wren"})
            unit.change(Pupil, pupil, {"note": "another secret word"})
        yield vault


def spoilt(vault: Vault, *statements: str) -> tuple[str, ...]:
    with vault.write() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    result = check.check(vault, signatures=True, rebuild=True)
    assert result.ok == (not result.problems)
    assert "secret" not in " ".join(result.problems)
    return result.problems


def test_a_whole_vault_has_no_problems_and_is_counted(other):
    steps: list[tuple[int, int]] = []
    result = check.check(
        other, signatures=True, rebuild=True, progress=lambda done, of: steps.append((done, of))
    )
    assert result.ok
    assert result.operations == 3
    assert {name: n for name, n in result.records.items() if n} == {"pupil": 1, "contact": 1}
    assert steps[-1] == (6, 6)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("update op set body = cast('{}' as blob) where seq = 1", "was altered"),
        ("update op set op_id = 'x' where seq = 2", "not named after"),
        ("update op set previous = zeroblob(32) where seq = 3", "chain"),
        ("update op set entry = zeroblob(32) where seq = 2", "chain hash"),
        ("update op set signature = zeroblob(64) where seq = 2", "signature"),
        ("update op set signature = null where seq = 2", "signature"),
        ("update op set scope = 'p:other' where seq = 2", "filed under"),
        ("update op set user = 'other' where seq = 2", "filed under"),
        ("delete from op where seq = 2", "missing"),
        ("delete from op where seq = 3", "does not end where"),
        ("delete from op", "does not end where"),
        ("update pupil set note = 'x'", "1 rows of pupils differ"),
        ("delete from contact", "1 rows of contacts differ"),
        ("insert into clash values ('x', 'note', 'pupil', 'p:x', '[]')", "list of clashes"),
    ],
)  # fmt: skip
def test_each_kind_of_damage_is_found(other, statement, told):
    problems = spoilt(other, statement)
    assert any(told in problem for problem in problems), problems


def test_a_row_that_no_operation_made_is_found(other):
    told = spoilt(
        other,
        "create temp table extra as select * from contact",
        "update extra set id = 'x'",
        "insert into contact select * from extra",
    )
    assert told == ("There are contacts that no operation made.",)


def test_a_purged_body_still_leaves_the_chain_whole(other):
    problems = spoilt(
        other,
        "update op set body = null where etype = 'contact'",
        "delete from contact",
    )
    assert problems == ()


def test_signatures_of_others_are_verified_with_the_keys_given(other):
    device = other.place.device
    foreign = SigningKey.generate().public
    with other.write() as connection:
        connection.exec_driver_sql("update op set device = 'someone else'")
    told = check.check(other, signatures=True, keys={"someone else": foreign}).problems
    assert sum("signature" in problem for problem in told) == 3
    with other.write() as connection:
        connection.exec_driver_sql("update op set device = ?", (device,))
    assert check.check(other, signatures=True).ok


def test_a_page_changed_from_outside_is_found(other):
    other.engine.dispose()
    path = other.folder / "vault.db"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    result = check.check(other)
    assert not result.ok
    assert result.problems
