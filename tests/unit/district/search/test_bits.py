"""A segment's bits come back as they were, and the kept length tells their number only roughly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk_app.district.search import bits

PLACES = st.one_of(
    st.sets(st.integers(0, bits.SIZE - 1), max_size=300),
    st.sets(st.sampled_from([0, 1, 7, 8, 63, 64, bits.SIZE - 1])),
    st.builds(lambda step, start: set(range(start, bits.SIZE, step)), st.integers(1, 90), st.integers(0, 50)),
)


@given(places=PLACES)
def test_bits_come_back(places: set[int]) -> None:
    made = sum(1 << place for place in places)
    assert bits.unpacked(bits.packed(made)) == made
    assert bits.each(made) == sorted(places)
    assert list(bits.highest_first(made)) == sorted(places, reverse=True)


def test_the_length_tells_the_number_only_roughly() -> None:
    lengths = {len(bits.packed((1 << count) - 1)) for count in range(1, 1000)}
    assert lengths == {32, 64, 128, 256, 512, 3936}
