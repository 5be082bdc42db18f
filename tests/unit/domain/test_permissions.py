import pytest

from desk_app.domain.permissions import EVERY_ROLE, GRANTS, Permission, Role, may


def test_whoever_does_everything_may_everything() -> None:
    assert all(may(EVERY_ROLE, permission) for permission in Permission)


def test_without_a_role_nothing_is_allowed() -> None:
    assert not any(may((), permission) for permission in Permission)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_it_grants_and_nothing_else(role: Role) -> None:
    assert {permission for permission in Permission if may((role,), permission)} == GRANTS[role]
    assert GRANTS[role] < set(Permission), "no single role but a person with several may everything"


def test_who_keeps_the_law_in_order_receives_no_dossiers() -> None:
    assert may((Role.ADMIN,), Permission.LAW)
    assert not may((Role.ADMIN,), Permission.RECEIVE)
    assert not may((Role.RECEPTION,), Permission.LAW)
    assert not may((Role.PROCESSING,), Permission.CORRECT)


def test_each_permission_is_said_in_words() -> None:
    assert len({permission.label for permission in Permission}) == len(Permission)


@pytest.mark.parametrize(
    ("role", "granted"),
    [
        (Role.RECEPTION, "receive step correct settle print attach exchange collect"),
        (Role.PROCESSING, "step settle print attach"),
        (Role.LEADER, "step correct settle print attach"),
        (Role.ADMIN, "exchange law office enrol import"),
    ],
)
def test_a_role_grants_these_and_a_change_is_seen_here(role: Role, granted: str) -> None:
    assert {permission.value for permission in GRANTS[role]} == set(granted.split())


def test_one_of_several_roles_is_enough() -> None:
    assert may((Role.PROCESSING, Role.ADMIN), Permission.LAW)
    assert may((Role.ADMIN, Role.PROCESSING), Permission.STEP)
    assert not may((Role.PROCESSING, Role.LEADER), Permission.LAW)
