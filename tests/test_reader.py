"""The reader and its features."""

from collections.abc import Sequence

import numpy as np
import pytest

from summitqa.models.features import UNIT_FEATURES, QuestionProfile, describe_views
from summitqa.models.reader import HybridReader, RankingWeights, load_weights, open_reader
from summitqa.reading import ReadingView, build_view
from summitqa.types import Hit, Passage, Reading, Span

TEXT = (
    "Costs and Dates\nThe ferry carries 40 cars. Mayor Ilse Brand opened the pier on 4 March 2024. It never rained.\n"
    "Route | Price\nNorth | 12 crowns"
)


def span_of(piece: str) -> Span:
    start = TEXT.index(piece)
    return Span(start, start + len(piece))


def views() -> list[ReadingView]:
    heading = span_of("Costs and Dates")
    units = tuple(
        map(
            span_of,
            ("The ferry carries 40 cars.", "Mayor Ilse Brand opened the pier on 4 March 2024.", "It never rained."),
        )
    )
    prose = Passage("p1", "d", Span(units[0].start, units[-1].end), "paragraph", units, (heading,))
    row = Passage(
        id="p2",
        document_id="d",
        span=span_of("North | 12 crowns"),
        kind="table_row",
        units=(span_of("North | 12 crowns"),),
        cells=(span_of("North"), span_of("12 crowns")),
        header=(span_of("Route"), span_of("Price")),
    )
    return [build_view(passage, TEXT) for passage in (prose, row)]


def hits() -> list[Hit]:
    return [Hit(view.passage, row, 1.0 - row / 2, row + 1, 0.6) for row, view in enumerate(views())]


@pytest.fixture(scope="module")
def reader() -> HybridReader:
    """Return the reader as it is shipped."""
    return open_reader(threads=2)


@pytest.mark.parametrize(
    ("question", "unit", "answer"),
    [
        ("Who opened the pier?", "Mayor Ilse Brand opened the pier on 4 March 2024.", "Mayor Ilse Brand"),
        ("When was the pier opened?", "Mayor Ilse Brand opened the pier on 4 March 2024.", "4 March 2024"),
        ("How many cars does the ferry carry?", "The ferry carries 40 cars.", "40"),
        ("What is the price of the north route?", "North | 12 crowns", "12 crowns"),
    ],
)
def test_the_best_unit_holds_the_exact_answer(reader: HybridReader, question: str, unit: str, answer: str) -> None:
    """The unit that answers wins, and the exact answer inside it is found."""
    best = reader.read(question, views(), hits())[0]
    assert best.unit.text_of(TEXT) == unit
    assert best.answer is not None
    assert best.answer.text_of(TEXT) == answer


def test_every_unit_is_proposed_once_in_descending_order(reader: HybridReader) -> None:
    """All four units come back, best first."""
    readings = reader.read("Who opened the pier?", views(), hits())
    assert sorted(r.unit for r in readings) == sorted(unit for view in views() for unit in view.passage.units)
    assert [r.score for r in readings] == sorted((r.score for r in readings), reverse=True)


def test_a_byline_answers_who_wrote_and_nothing_else(reader: HybridReader) -> None:
    """Asked who did something else, the name at the top of an article is the last choice."""
    text = "By Ana Ruiz, Harbour Reporter\nThe pier was opened on Friday."
    line, rest = Span(0, text.index("\n")), Span(text.index("\n") + 1, len(text))
    view = build_view(Passage("p", "d", Span(0, len(text)), "paragraph", (line, rest)), text)
    hit = Hit(view.passage, 0, 1.0, 1, 0.6)
    assert reader.read("Who wrote this?", [view], [hit])[0].unit == line
    assert reader.read("Who is paying for the pier?", [view], [hit])[0].unit == rest


def test_rows_and_items_are_no_bylines(reader: HybridReader) -> None:
    """Whatever their words, and their columns' names, they state something."""
    text = "Version | Published | Size\n2.1 | 4 May 2024 | 30 MB\nBy Bank Transfer, within 3 days"
    cells, columns = (
        tuple(Span(text.index(cell), text.index(cell) + len(cell)) for cell in line.split(" | "))
        for line in text.split("\n")[1::-1]
    )
    whole = Span(cells[0].start, cells[-1].end)
    item = Span(text.index("By Bank"), len(text))
    row = Passage("p", "d", whole, "table_row", (whole,), cells=cells, header=columns)
    for passage, question in (
        (row, "How big is version 2.1?"),
        (Passage("q", "d", item, "list_item", (item,)), "How long may the payment take?"),
    ):
        (reading,) = reader.read(question, [build_view(passage, text)], [Hit(passage, 0, 1.0, 1, 0.6)])
        assert reading.answer is not None


def test_a_question_on_something_else_is_less_probable(reader: HybridReader) -> None:
    """Sharing no word with any unit gives a lower probability than sharing them all."""
    about, other = (reader.read(q, views(), hits())[0] for q in ("Who opened the pier?", "Where do whales sing?"))
    assert about.probability > other.probability


def test_no_view_gives_no_reading(reader: HybridReader) -> None:
    """Nothing to read, nothing proposed."""
    assert reader.read("Who?", [], []) == []


def test_what_is_read_on_joins_what_was_read(reader: HybridReader) -> None:
    """It is told of the first readings, and the outcome is as if all had been read at once."""
    question = "What is the price of the north route?"
    told: list[int] = []

    def more(readings: Sequence[Reading]) -> tuple[Sequence[ReadingView], Sequence[Hit]]:
        told.append(len(readings))
        return views()[1:], hits()[1:]

    assert reader.read(question, views()[:1], hits()[:1], more) == reader.read(question, views(), hits())
    assert told == [3]
    content = reader.read(question, views()[:1], hits()[:1], lambda _: ((), ()))
    assert content == reader.read(question, views()[:1], hits()[:1])


def test_features_have_one_column_each(reader: HybridReader) -> None:
    """Span and word features together fill the named columns."""
    _, features, _ = reader.describe("Who opened the pier?", views(), hits())
    assert features.shape == (4, len(UNIT_FEATURES))
    assert np.isfinite(features).all()


def test_names_count_only_where_they_stand() -> None:
    """The unit with the question's name covers it; a unit without has none of it."""
    profile = QuestionProfile.of("When did Ilse Brand speak?")
    column = UNIT_FEATURES.index("names_unit") - 1
    shares = [features[column] for _, features in describe_views(profile, views(), hits())]
    assert shares == [0.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "name", "found"),
    [
        ("What doesn't the ferry carry?", "denial_missing", [1.0, 1.0, 0.0, 1.0]),
        ("What does the ferry carry?", "denial_added", [0.0, 0.0, 1.0, 0.0]),
        ("Who closed the pier?", "opposite_found", [0.0, 1.0, 0.0, 0.0]),
        ("Who opened or closed the pier?", "opposite_found", [0.0, 0.0, 0.0, 0.0]),
    ],
)
def test_a_contrary_is_noticed(question: str, name: str, found: list[float]) -> None:
    """What only the question denies, and the unit that says a word's opposite, have features of their own."""
    column = UNIT_FEATURES.index(name) - 1
    described = describe_views(QuestionProfile.of(question), views(), hits())
    assert [features[column] for _, features in described] == found


def test_the_packaged_weights_fit_the_features() -> None:
    """The weights in the package load and name every feature."""
    assert load_weights().version


def test_weights_for_other_features_are_refused() -> None:
    """A coefficient too few or too many is an error, not a silent zero."""
    with pytest.raises(ValueError, match="weights for"):
        RankingWeights("x", {"bias": 0.0}, {"bias": 0.0})
