"""The 22 official originals, where the file lies beside the project: blanks found, and named right."""

from __future__ import annotations

import pytest

from tests.unit.documents.drafting.official_texts import draft_of, house_words, originals, score, table, truth

_TEXTS = originals()
needs_originals = pytest.mark.skipif(not _TEXTS, reason="the originals are not beside the project")


@needs_originals
def test_of_every_original_nineteen_blanks_in_twenty_are_found_and_four_in_five_named() -> None:
    words = house_words()
    scores = [score(name, draft_of(text, words)) for name, text in _TEXTS.items()]
    print("\n".join(table(scores)))
    assert [one.name for one in scores] == [*truth()]
    assert [one for one in scores if one.found < 0.95 * one.blanks] == []
    assert [one for one in scores if one.named < 0.8 * one.blanks] == []


@needs_originals
def test_no_original_needs_the_form_of_the_house_that_was_made_of_it() -> None:
    """Without the vocabulary of any form: people, office, dates and registers are known by rules alone."""
    scores = [score(name, draft_of(text, {})) for name, text in _TEXTS.items()]
    print("\n".join(table(scores)))
    assert [one for one in scores if one.found < 0.95 * one.blanks or one.named < 0.8 * one.blanks] == []


@needs_originals
def test_a_draft_finds_hardly_anything_where_nothing_is_to_be_written() -> None:
    words = house_words()
    more = {}
    for name, text in _TEXTS.items():
        lines = truth()[name]
        drafts = draft_of(text, words).blanks
        extra = len([blank for blank in drafts if blank.line not in lines])
        more[name] = extra
    assert sum(more.values()) == 0, more
