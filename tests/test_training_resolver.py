"""The resolver's training data: what is learnt, and that its parts do not mix."""

import json
import random
from pathlib import Path

import pytest

from summitqa.models.tokens import ModelTokenizer
from summitqa.models.weights import packaged_model_folder
from summitqa.training.resolver import label
from summitqa.training.resolver_data import (
    FollowUp,
    TermExample,
    load_canard,
    load_cast,
    missing_words,
    term_examples,
    texts_of,
)
from summitqa.types import Turn


def canard_line(article: int, question: str, rewrite: str, *turns: str) -> dict[str, object]:
    history = [f"Article {article}", "Early life", *turns]
    return {"id": f"c-{article}-{len(turns)}", "history": history, "question": question, "rewrite": rewrite}


@pytest.fixture
def canard(tmp_path: Path) -> Path:
    """Write forty articles of two questions each."""
    lines = []
    for article in range(40):
        lines.append(canard_line(article, "Where was she born?", f"Where was Ana {article} born?"))
        lines.append(canard_line(article, "When?", f"When was Ana {article} born?", "Where was she born?", "In Lund."))
    path = tmp_path / "canard.json"
    path.write_text(json.dumps(lines), encoding="utf-8")
    return path


def test_an_article_is_in_one_part_only(canard: Path) -> None:
    """Every question is in exactly one part, and all of an article are in the same one."""
    parts = [{one.id.split("-")[1] for one in load_canard(canard, part)} for part in ("train", "dev", "test")]
    assert all(parts)
    assert sorted(article for part in parts for article in part) == sorted(str(article) for article in range(40))


def test_history_is_given_as_asked_and_written_out(canard: Path) -> None:
    """Titles open the history as it was; written out, the earlier question is the person's rewrite."""
    _, second = load_canard(canard, "train")[:2]
    article = second.id.split("-")[1]
    assert texts_of(second.history) == (f"Article {article}, Early life", "Where was she born?", "In Lund.")
    assert texts_of(second.written_out) == (f"Where was Ana {article} born?", "In Lund.")


def test_topics_of_cast_are_in_one_half_only(tmp_path: Path) -> None:
    """The halves share no topic and lose no question."""
    lines = [
        {"id": f"cast-{topic}_{turn}", "history": [], "question": "What is it?", "rewrite": f"What is {topic}?"}
        for topic in range(20)
        for turn in range(2)
    ]
    path = tmp_path / "cast.json"
    path.write_text(json.dumps(lines), encoding="utf-8")
    dev, test = ({one.id.split("_")[0] for one in load_cast(path, part)} for part in ("dev", "test"))
    assert (dev & test, len(dev) + len(test)) == (set(), 20)


def test_missing_words_are_content_words() -> None:
    """What a person added, folded, without function words and without what was there."""
    assert missing_words("And when was it built?", "When was the Östra bridge built?") == {"ostra", "bridge"}


def test_questions_that_stand_alone_miss_nothing() -> None:
    """Beside each follow-up one is given that needs no word, when the share is one."""
    one = FollowUp("a", (Turn("Who is Ana?"),), (Turn("Who is Ana?"),), "Where is she?", "Where is Ana?")
    examples = list(term_examples([one], random.Random(1), alone=1.0))
    assert examples == [
        TermExample(("Who is Ana?",), "Where is she?", frozenset({"ana"})),
        TermExample(("Who is Ana?",), "Where is Ana?", frozenset()),
    ]


def test_labels_are_on_first_tokens_of_content_words() -> None:
    """Of "Who is Zelenskyy?" one word is labelled, as missing; function words have no label."""
    tokenizer = ModelTokenizer(packaged_model_folder() / "tokenizer.json")
    labelled = label(TermExample(("Who is Zelenskyy?",), "Where is he?", frozenset({"zelenskyy"})), tokenizer)
    assert (labelled.tokens, labelled.labels) == ([3], [1.0])
