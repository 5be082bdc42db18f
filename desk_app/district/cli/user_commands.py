"""users add, remove, list, password, unlock: who may open the district's pages."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app.district.admin import audit, lockout, users
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.cli.opening import account, first_line, opened
from desk_app.district.failures import UnknownUserError
from desk_app.district.storage import Session
from desk_app.terminal import Answer, clock, moment


def add(chosen: argparse.Namespace) -> Answer:
    name, password = chosen.name.strip().lower(), _password(chosen)
    with opened(chosen) as here, here.district.storage.writing() as session:
        users.add(session, name, password, at=here.district.clock(), known=(here.district.identity.card.name,))
        _note(session, here, AuditDeed.USER_ADDED, name)
    return _given(name, password, chosen, f"Đã thêm người dùng {name}.")


def password(chosen: argparse.Namespace) -> Answer:
    name, new = chosen.name.strip().lower(), _password(chosen)
    with opened(chosen) as here, here.district.storage.writing() as session:
        users.set_password(session, name, new, known=(here.district.identity.card.name,))
        lockout.unlock(session, name)
        _note(session, here, AuditDeed.PASSWORD, name)
    return _given(name, new, chosen, f"Đã đổi mật khẩu của {name}.")


def remove(chosen: argparse.Namespace) -> Answer:
    name = chosen.name.strip().lower()
    with opened(chosen) as here, here.district.storage.writing() as session:
        users.remove(session, name)
        _note(session, here, AuditDeed.USER_REMOVED, name)
    return Answer({"name": name}, (f"Đã bỏ người dùng {name}.",))


def unlock(chosen: argparse.Namespace) -> Answer:
    name = chosen.name.strip().lower()
    with opened(chosen) as here, here.district.storage.writing() as session:
        if not users.is_known(session, name):
            raise UnknownUserError(name=name)
        was_counted = lockout.unlock(session, name)
        _note(session, here, AuditDeed.USER_UNLOCKED, name)
    told = f"Đã mở khóa {name}." if was_counted else f"{name} không bị khóa."
    return Answer({"name": name, "unlocked": was_counted}, (told,))


def listed(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.reading() as session:
        found = users.listed(session)
    data = [{"name": each.name, "added_at": moment(each.added_at)} for each in found]
    lines = [f"{each.name}  thêm lúc {clock(each.added_at)}" for each in found]
    return Answer(data, tuple(lines) or ("Chưa có người dùng nào: desk-district users add TÊN",))


def _note(session: Session, here: DistrictOffice, deed: AuditDeed, name: str) -> None:
    audit.note(session, here.district.identity, deed, at=here.district.clock(), account=account(), asked=name)


def _password(chosen: argparse.Namespace) -> str:
    return first_line(Path(chosen.password_file)) if chosen.password_file else users.new_password()


def _given(name: str, password: str, chosen: argparse.Namespace, told: str) -> Answer:
    """A password that the program drew is shown this once; one from a file is not repeated."""
    if chosen.password_file:
        return Answer({"name": name}, (told,))
    return Answer(
        {"name": name, "password": password},
        (told, f"Mật khẩu: {password}", "Mật khẩu chỉ hiện một lần: chép lại và đưa tận tay."),
    )
