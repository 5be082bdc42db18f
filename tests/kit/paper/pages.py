"""A form of a few lines, and what stands on the pages that it makes."""

from __future__ import annotations

from desk_app.documents.forms.form_records import Form, FormCitation, FormHead
from desk_app.documents.layout.layout_text import read_layout
from desk_app.documents.layout.marks import Leader, Rule, Text


def made(layout, **head):
    blocks, problems = read_layout(layout)
    assert problems == []
    known = FormHead(title="Thử", citation=FormCitation(number="1"), in_force_from="2026-01-01", **head)
    return Form(id="thu", version="1", head=known, layout=blocks)


def texts(page):
    return [mark for mark in page.marks if isinstance(mark, Text)]


def said(pages):
    return " ".join(mark.text for page in pages for mark in texts(page))


def within(page):
    for mark in page.marks:
        xs = [mark.x1, mark.x2] if isinstance(mark, Rule | Leader) else [mark.x]
        ys = [mark.y1, mark.y2] if isinstance(mark, Rule) else [mark.y]
        if not all(0 <= x <= page.width for x in xs) or not all(0 <= y <= page.height for y in ys):
            return False
    return True
