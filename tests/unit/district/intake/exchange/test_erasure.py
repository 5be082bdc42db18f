"""A body that was erased leaves the district, every answer and the quarantine."""

from __future__ import annotations

import hashlib

from desk_app.district.district import Word
from desk_app.district.storage import logs, quarantine
from desk_app.domain.dossiers.events import Attached, StepTaken
from desk_app.domain.notices import Redacted
from desk_app.protocol.batch import (
    Blob,
    blob_frame,
)
from desk_app.protocol.event_body import event_of, hole
from tests.kit.district.desk_words import say
from tests.kit.district.questions import ask, desk, set_aside
from tests.kit.district.writers import Writer


def test_an_erased_body_leaves_the_district_and_every_later_answer(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    one.write(5)
    ask(district, one, one.frame(1, 5))
    with district.storage.reading() as session:
        digest = logs.hash_at(session, one.log, 3)
    district.write("*", [Word(payload=Redacted(log=one.log.hex(), seq=3, hash=digest.hex(), reason="nhầm"))])
    told = ask(district, two, pull=99_999)
    mine = [body for batch in told.batches if batch.log == one.log for body in batch.bodies]
    assert mine == [*one.bodies[:2], hole(digest), *one.bodies[3:]]
    kinds = [event_of("", 1, body).kind for body in told.bodies]
    assert kinds.index("redaction") < kinds.index("redacted")


def test_an_erased_body_leaves_the_quarantine_and_its_file_too(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    data = b"x" * 100
    sha = hashlib.sha256(data).digest()
    say(one, "a" * 16, Attached(sha=sha.hex(), size=100, type="image/png", name="a.png"))
    ask(district, one, one.frame(1, 1), blob_frame(Blob(sha, 100, 0, data), root.operational.public))
    other = Writer(root.operational.public, keys=one.keys, log=one.log, bodies=list(one.bodies))
    say(one, "a" * 16, StepTaken(action="forward"))
    say(other, "b" * 16, StepTaken(action="forward"))
    say(other, "b" * 16, StepTaken(action="ready"))
    ask(district, one, one.frame(2, 2))
    ask(district, one, other.frame(1, 3))
    assert set_aside(district) == ["FORK"]
    with district.storage.reading() as session:
        digest = logs.hash_at(session, one.log, 1)
    assert ask(district, two, offers={sha: 100}).receipt.blobs == {sha: 100}
    district.write("*", [Word(payload=Redacted(log=one.log.hex(), seq=1, hash=digest.hex()))])
    with district.storage.reading() as session:
        (kept,) = quarantine.waiting(session)
    assert kept.bodies() == [hole(digest), *other.bodies[1:]]
    assert ask(district, two, offers={sha: 100}).receipt.blobs == {sha: 0}
