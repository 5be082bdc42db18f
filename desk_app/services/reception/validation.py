"""What a record cannot take: numbers beyond sense, and characters no paper can show. Said before anything is saved.

A dossier once saved with them could never be printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desk_app.documents.layout.fonts import missing_letters
from desk_app.domain.dossiers.events import Received
from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.domain.organisations.organisation import answers_of
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document
from desk_app.errors import BadFactError, UnprintableTextError
from desk_app.services.reception.draft import Draft

_MOST = {"sets": 99, "copies": 999, "pages": 9_999, "fee": 1_000_000_000}


def refuse_numbers(draft: Draft) -> None:
    """Raises `BadFactError` naming the input."""
    _within("sets", "Số bộ hồ sơ", draft.sets, least=1)
    _within("copies", "Số bản sao", draft.copies or 0)
    if draft.fee_total is not None:
        _within("fee", "Lệ phí", draft.fee_total)
    refuse_documents(draft.documents)


def refuse_documents(documents: Iterable[Document]) -> None:
    """Raises `BadFactError` for pages or copies out of bounds."""
    for document in documents:
        _within("pages", "Số trang", document.pages, least=1, field="documents")
        _within("copies", "Số bản", document.copies, least=1, field="documents")


def refuse_unprintable(received: Received, labels: Mapping[str, str]) -> None:
    """Raises `UnprintableTextError` naming the input; `labels` are the forms' questions by key."""
    texts = dict(_texts(received))
    if not missing_letters(" ".join(texts.values())):
        return
    key, missing = next((key, missing) for key, text in texts.items() if (missing := missing_letters(text)))
    label = labels.get(key) or _OTHERS.get(key) or FactPath.of_key(key).label
    raise UnprintableTextError(field=key, label=label, characters=" ".join(missing))


_OTHERS = {"note": "Ghi chú", "documents": "Giấy tờ cần chứng thực", "components": "Giấy tờ nộp kèm"}


def _within(what: str, label: str, number: int, *, least: int = 0, field: str = "") -> None:
    if not least <= number <= _MOST[what]:
        raise BadFactError(field=field or what, label=label, why=f"phải từ {least} đến {_MOST[what]}")


def _texts(received: Received) -> Iterator[tuple[str, str]]:
    for role, person in received.people.items():
        for name in Person.__struct_fields__:
            yield f"{role}.{name}", getattr(person, name)
    yield from received.fields.items()
    yield from answers_of(received.organisations).items()
    yield "note", received.note
    yield "documents", " ".join(document.name for document in received.documents)
    yield "components", " ".join(paper.name for paper in received.components)
