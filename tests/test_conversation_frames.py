"""A part of a question takes its place in the question before it."""

import pytest

from summitqa.conversation.frames import fill_frame

LIKELY = "How likely is an agreement on prisoner exchanges?"


@pytest.mark.parametrize(
    ("part", "frame", "filled"),
    [
        ("on sanctions relief?", LIKELY, "How likely is an agreement on sanctions relief?"),
        ("sanctions relief", LIKELY, "How likely is an agreement on sanctions relief?"),
        ("Trump?", "Is Putin attending the summit?", "Is Trump attending the summit?"),
        ("Saturday?", "Is Moen in Lund on Friday?", "Is Moen in Lund on Saturday?"),
        ("a single sleeper?", "How much is a couchette on the train?", "How much is a single sleeper on the train?"),
        ("for the City one?", "What is the deposit for a Cargo bike?", "What is the deposit for the City bike?"),
        ("on gravel?", "How long is the braking distance?", "How long is the braking distance on gravel?"),
        ("if it rains?", "What happens when it snows?", "What happens if it rains?"),
        ("By what vote?", "Did the council agree?", "By what vote did the council agree?"),
        ("Why there?", "Where does Ana train?", "Why does Ana train?"),
        ("In what time?", "Who won the race?", "In what time (won the race)?"),
        ("Why not?", "Is the app ready?", "Why is the app not ready?"),
        ("in Oslo?", "Is the fair in Lund?", "Is the fair in Oslo?"),
        ("With breakfast?", "How much is a berth?", "How much is a berth with breakfast?"),
        ("now?", "Who leads the fair?", "Who leads the fair now?"),
        ("least likely?", "Which deal is the most likely?", "Which deal is the least likely?"),
        ("the others?", "Who is expected from Oslo?", "Who else is expected?"),
        ("the others?", "Which hubs do repairs?", "Which other hubs do repairs?"),
        ("the rest?", "How likely is a deal on stalls?", "How likely is a deal on the rest?"),
        ("visitors turned away?", "How many guards were on strike?", "How many visitors turned away were on strike?"),
        ("the cheapest?", "What plans are there?", None),
        ("the bell?", "I broke the lamp. What does it cost?", None),
    ],
)
def test_the_part_replaces_what_is_most_like_it(part: str, frame: str, filled: str | None) -> None:
    """The same preposition, a time for a time, a name for a name, a question word for a question word."""
    assert fill_frame(part, frame) == filled
