import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.documents.layout import fonts
from desk_app.documents.layout.lines import LEADER, WORD, rows_of
from desk_app.documents.layout.markup import spans_of

SIZE = 12.0
WIDE = 300.0


def rows(text, values=None, **how):
    return rows_of(spans_of(text), values or {}, wide=WIDE, size=SIZE, **how)


def said(found):
    return " ".join("".join(piece.text for piece in row.pieces if piece.kind == WORD).strip() for row in found)


def leaders(row):
    return [piece for piece in row.pieces if piece.kind == LEADER]


def test_an_empty_blank_is_dotted_to_the_margin():
    (row,) = rows("Nơi sinh: {place}")
    (leader,) = leaders(row)
    assert leader.x == pytest.approx(fonts.width("Nơi sinh: ", "R", SIZE))
    assert leader.x + leader.wide == pytest.approx(WIDE)


def test_a_filled_blank_is_followed_by_dots_to_the_margin():
    (row,) = rows("Nơi sinh: {place}", {"place": "Hà Nội"})
    (leader,) = leaders(row)
    assert leader.x == pytest.approx(fonts.width("Nơi sinh: Hà Nội", "R", SIZE))
    assert leader.x + leader.wide == pytest.approx(WIDE)


def test_labels_stay_where_they_are_whether_their_blanks_are_filled_or_not():
    text = "Giới tính: {sex} Dân tộc: {ethnicity} Quốc tịch: {nationality}"
    empty = [piece.x + piece.wide for piece in leaders(rows(text)[0])]
    filled = rows(text, {"sex": "Nữ", "ethnicity": "Kinh", "nationality": "Lào"})[0]
    assert [piece.x + piece.wide for piece in leaders(filled)] == pytest.approx(empty)


def test_free_width_is_shared_by_weight():
    first, second = leaders(rows("A {a:1} B {b:3}")[0])
    assert second.wide == pytest.approx(3 * first.wide)


def test_a_long_value_wraps_and_its_last_row_is_dotted():
    place = "Bệnh viện Phụ sản Trung ương, số 43 phố Tràng Thi, phường Cửa Nam, thành phố Hà Nội"
    found = rows("Nơi sinh: {place}", {"place": place})
    assert len(found) > 1
    assert said(found) == f"Nơi sinh: {place}"
    assert not any(leaders(row) for row in found[:-1])
    assert leaders(found[-1])


def test_an_empty_blank_gets_the_rows_a_pen_needs_and_a_filled_one_only_its_own():
    assert len(rows("Nơi sinh: {place::3}")) == 3
    assert len(rows("Nơi sinh: {place::3}", {"place": "Hà Nội"})) == 1


def test_a_plain_value_has_no_dots_after_it_and_some_where_it_is_missing():
    assert not leaders(rows("Số: {=n} bản", {"n": "2"})[0])
    assert leaders(rows("Số: {=n} bản")[0])
    assert not leaders(rows("Số: {?n} bản")[0])


def test_a_capitals_key_shows_its_value_in_capitals():
    assert said(rows("{=name.upper}", {"name": "Đặng Thị Ưng"})) == "ĐẶNG THỊ ƯNG"


def test_decomposed_text_is_composed_before_it_is_measured():
    assert said(rows("{=name}", {"name": "Nguye\u0302\u0303n"})) == "Nguyễn"


def test_punctuation_stays_with_the_value_it_follows():
    for wide in range(60, 200, 3):
        for row in rows_of(spans_of("Mã ({=code})"), {"code": "H56.21"}, wide=float(wide), size=SIZE):
            assert not said([row]).startswith(")")


def test_justified_rows_reach_the_margin_except_the_last():
    text = "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất trí."
    found = rows(text, align="justify")
    assert [row.wide for row in found[:-1]] == pytest.approx([WIDE] * (len(found) - 1))
    assert found[-1].wide < WIDE
    assert all(piece.spread > 0 for row in found[:-1] for piece in row.pieces)


words = st.text(alphabet="aăâbđeêgiklmnoôơuưy ẨỄỖỮẴ,./-0123456789", max_size=200)


@given(value=words, wide=st.floats(60, 500), indent=st.floats(0, 30), label=st.text(alphabet="Đaịchỉ: ", max_size=20))
def test_no_row_runs_over_the_margin_and_no_letter_is_lost(value, wide, indent, label):
    text = f"{label}{{place}} xã {{commune:2}}"
    found = rows_of(spans_of(text), {"place": value, "commune": value}, wide=wide, size=SIZE, indent=indent)
    for number, row in enumerate(found):
        assert row.wide <= wide - (indent if number == 0 else 0) + 0.02
        for piece in row.pieces:
            assert piece.x + piece.wide <= wide + 0.02
    kept = "".join(piece.text for row in found for piece in row.pieces if piece.kind == WORD)
    assert "".join(kept.split()) == "".join(f"{label}{value}xã{value}".split())


@given(value=words, weights=st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5)))
def test_pieces_of_a_row_never_overlap(value, weights):
    a, b, c = weights
    text = f"Một {{a:{a}}} hai {{b:{b}}} ba {{c:{c}}}"
    for row in rows(text, {"a": value, "c": value[:20]}):
        ends = 0.0
        for piece in row.pieces:
            assert piece.x >= ends - 0.01
            ends = piece.x + piece.wide


def test_a_value_whose_condition_fails_leaves_its_blank_empty():
    text = "Nam: {born when sex=Nam} Nữ: {born when sex=Nữ}"
    (row,) = rows(text, {"born": "1990", "sex": "Nữ"})
    assert said([row]).split() == ["Nam:", "Nữ:", "1990"]
    assert len(leaders(row)) == 2
