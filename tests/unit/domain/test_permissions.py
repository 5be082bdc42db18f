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
