"""Lines of an article that tell of the article itself."""

import pytest

from summitqa.bylines import asks_of_writing, is_byline


@pytest.mark.parametrize(
    "line",
    [
        "By Ana Ruiz",
        "By Éloïse Tarrant, Courts Reporter",
        "*By Maren Tiedje in Port Ola and Pál Reszner – 22 October*",
        "Reporting by Ana Ruiz; photographs by Ola Moen",
        "Published 14 March, 18:20 | Updated 15 March, 07:05",
        "Thursday 6 March, last updated 7.15 a.m.",
        "12 February · 5 min read",
    ],
)
def test_a_byline_is_told(line: str) -> None:
    """Names after "by", and times of publishing, in the shapes of many papers."""
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By late Wednesday, the Kremlin had confirmed it",
        "By Friday Ana Ruiz had left the hall",
        "By Ana Ruiz’s count, nine ships sailed.",
        "Figures as published by the agency at 8 p.m.:",
        "Roll posted | 70 days before | Secretary",
        "14 March 2026",
        "Updated rules apply from 1 May",
        "Posted workers: 40,000 in 2024",
        "Mon–Fri, posted letters arrive within 2 days",
        "She opened the box, updated the log and left at 8 p.m.",
        "By United Nations estimates, 40,000 people have fled…",
        "By Ana Ruiz’s account, the fire began at 9 p.m.",
        " ." * 4000,
    ],
)
def test_what_states_something_is_no_byline(line: str) -> None:
    """Sentences, table rows and bare dates may answer."""
    assert not is_byline(line)


def test_questions_of_writing_are_told() -> None:
    """Only they are answered by a byline."""
    assert asks_of_writing("Who wrote the article?")
    assert asks_of_writing("When was this last updated?")
    assert asks_of_writing("Who reported this?")
    assert not asks_of_writing("Who will host the talks?")
