"""Packing: how units are put together under a limit."""

from hypothesis import given
from hypothesis import strategies as st

from summitqa.packing import Unit, pack_units
from summitqa.types import Span

units = st.builds(
    lambda sizes: [Unit(Span(i, i + 1), n, ends_block=ends, gap_tokens=gap) for i, (n, ends, gap) in enumerate(sizes)],
    st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.integers(0, 2)), max_size=60),
)


def packed(*sizes: int, capacity: int = 100, blocks: bool = True) -> list[list[int]]:
    """Return the sizes of units by run; each is a block of its own, or all are one."""
    given_units = [Unit(Span(i, i + 1), size, ends_block=blocks) for i, size in enumerate(sizes)]
    return [[unit.n_tokens for unit in run] for run in pack_units(given_units, capacity)]


def test_what_fits_is_one_run() -> None:
    """Few units are not parted."""
    assert packed(40, 30, 30) == [[40, 30, 30]]
    assert packed() == []


def test_runs_are_balanced() -> None:
    """Rather two halves than a full run and a rest."""
    assert packed(30, 30, 30, 30) == [[30, 30], [30, 30]]


def test_paragraphs_are_kept_whole() -> None:
    """A break between paragraphs is better than one inside, even if the runs are less even."""
    first, second = (
        [Unit(Span(i, i + 1), 20, ends_block=i == 3) for i in range(4)],
        Unit(Span(4, 5), 60, ends_block=True),
    )
    assert [len(run) for run in pack_units([*first, second], 100)] == [4, 1]


def test_a_long_paragraph_is_broken_between_sentences() -> None:
    """Where a paragraph exceeds the limit its sentences are shared out."""
    assert packed(50, 50, 50, 50, blocks=False) == [[50, 50], [50, 50]]


def test_a_unit_beyond_the_limit_stands_alone() -> None:
    """Packing never drops and never cuts."""
    assert packed(10, 150, 10) == [[10], [150], [10]]


@given(units, st.integers(1, 30))
def test_runs_keep_order_and_limit(given_units: list[Unit], capacity: int) -> None:
    """All units come in order, and no run of several exceeds the capacity, gaps between them counted."""
    runs = pack_units(given_units, capacity)
    assert [unit for run in runs for unit in run] == given_units
    for run in runs:
        size = sum(unit.n_tokens + unit.gap_tokens for unit in run) - run[-1].gap_tokens
        assert size <= capacity or len(run) == 1
