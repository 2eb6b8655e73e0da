"""Measure the resolver: ``python -m summitqa.training.measure_resolver --data FOLDER --suite eval/suite.toml``.

* *Terms*: precision, recall and F1 of the words of the earlier turns that the written-out question adds, against a
  person's rewrite, on the held-out articles of CANARD and topics of CAsT 2019 (as Voskarides et al. 2020 count them);
  also of the model alone, which the rules hold back from questions that stand alone.
* *False rewrites*: the share of gold questions that stand alone and are changed all the same, each asked after another
  one of the same set, chosen by chance.
* *Retrieval*: evidence recall@5 of gold follow-ups as typed, as resolved, and as a person wrote them out; the earlier
  questions are asked first, so that what was quoted for them is known.

Only ``dev`` halves of gold files are used unless another is named. Results go to the model's folder.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory

from summitqa.conversation import Resolver
from summitqa.conversation.resolution import written_out
from summitqa.engine import Engine, build_index, open_engine
from summitqa.evaluation.gold import GoldQuestion, load_gold
from summitqa.evaluation.measures.retrieval import evidence_recall
from summitqa.evaluation.suite import QuestionSet, load_suite
from summitqa.models.resolver import RESOLVER_FOLDER, open_term_model
from summitqa.protocols import TermModel
from summitqa.settings import Settings
from summitqa.training.resolver_data import FollowUp, load_canard, load_cast, missing_words, texts_of
from summitqa.types import Answer, Turn
from summitqa.words import content_words

RESULTS = "measured.json"
K = 5


def main() -> None:
    """Measure, print and write the results."""
    parser = argparse.ArgumentParser(description="Measure the resolver.")
    parser.add_argument("--data", type=Path, required=True, help="folder of canard.json and cast2019.json")
    parser.add_argument("--suite", type=Path, required=True, help="gold questions and their documents")
    parser.add_argument("--half", choices=["dev", "test"], default="dev", help="of the gold questions")
    parser.add_argument("--rules-only", action="store_true", help="without the model")
    parser.add_argument("--show", action="store_true", help="print every follow-up with what became of it")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, help=f"default: {RESULTS} beside the model; nothing with --rules-only")
    options = parser.parse_args()
    model = None if options.rules_only else open_term_model(threads=Settings().threads)
    resolver = Resolver(model)
    held_out = {
        "canard": load_canard(options.data / "canard.json", "test"),
        "cast2019": load_cast(options.data / "cast2019.json", "test"),
    }
    results: dict[str, object] = {
        "version": model.id if model else "rules",
        "terms": {name: measure_terms(resolver, of) for name, of in held_out.items()},
        "terms_by_model_alone": {name: measure_model(model, of) for name, of in held_out.items()} if model else {},
        "gold": options.half,
        **_measure_gold(resolver, load_suite(options.suite), options),
    }
    print(json.dumps(results, indent=2))
    out = options.out or (None if options.rules_only else RESOLVER_FOLDER / RESULTS)
    if out is not None:
        out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def measure_terms(resolver: Resolver, follow_ups: Sequence[FollowUp]) -> dict[str, float]:
    """Return how well the added words are those of the rewrites, counting words that the earlier turns hold."""
    return _score(follow_ups, lambda one: resolver.resolve(one.question, one.history).question)


def measure_model(model: TermModel, follow_ups: Sequence[FollowUp]) -> dict[str, float]:
    """Return the same for every word that the model gives a probability of at least one half, without any rule."""

    def ask(one: FollowUp) -> str:
        texts = texts_of(one.history)
        scored = zip(texts, model.score_words(texts, one.question), strict=True)
        return " ".join(span.text_of(text) for text, words in scored for span, score in words if score >= 0.5)

    return _score(follow_ups, ask)


def _score(follow_ups: Sequence[FollowUp], write_out: Callable[[FollowUp], str]) -> dict[str, float]:
    right = found = wanted = 0
    for one in follow_ups:
        at_hand = set(content_words(" ".join(texts_of(one.history))))
        added = missing_words(one.question, write_out(one)) & at_hand
        meant = missing_words(one.question, one.rewrite) & at_hand
        right, found, wanted = right + len(added & meant), found + len(added), wanted + len(meant)
    return {
        "questions": len(follow_ups),
        "precision": round(right / max(1, found), 4),
        "recall": round(right / max(1, wanted), 4),
        "f1": round(2 * right / max(1, found + wanted), 4),
    }


def _measure_gold(resolver: Resolver, sets: Sequence[QuestionSet], options: argparse.Namespace) -> dict[str, object]:
    rng = random.Random(options.seed)  # noqa: S311 - sampling, not secrets
    rows: list[tuple[float, float, float]] = []
    changed: list[str] = []
    n_alone, times = 0, []
    for question_set in sets:
        with TemporaryDirectory() as folder:
            settings = Settings(index_dir=Path(folder))
            build_index(list(question_set.documents), settings)
            with open_engine(settings) as engine:
                gold = [q for q in load_gold(question_set.gold, engine.document) if q.split == options.half]
                rows += _recalls(resolver, engine, gold, show=options.show)
        alone = [question for question in gold if not question.history]
        for question in alone:
            other = rng.choice([one for one in alone if one is not question])
            began = time.perf_counter()
            resolution = resolver.resolve(question.question, [Turn(other.question)])
            times.append((time.perf_counter() - began) * 1000)
            if resolution.carried_over:
                changed.append(f"{other.question} | {question.question} -> {resolution.question}")
        n_alone += len(alone)
    if options.show:
        print("\n".join(changed))
    return {"alone": {"questions": n_alone, "changed": len(changed)}, "recall@5": _gap(rows), "ms": _speed(times)}


def _recalls(
    resolver: Resolver, engine: Engine, gold: Sequence[GoldQuestion], *, show: bool
) -> Iterator[tuple[float, float, float]]:
    """Yield recall@5 of each answerable follow-up as typed, as resolved and as written out."""
    for question in gold:
        if not question.history or not question.evidence or question.standalone is None:
            continue
        turns: list[Turn] = []
        for earlier in question.history:
            outcome = engine.ask(earlier, history=turns)
            turns.append(Turn(earlier, outcome.text if isinstance(outcome, Answer) else None))
        resolved = resolver.resolve(question.question, turns).question
        asked = (question.question, resolved, question.standalone)
        typed, ours, human = (_recall(engine, question, text) for text in asked)
        if show:
            print(f"{typed:.0f}{ours:.0f}{human:.0f} {written_out(turns)}\n    {' | '.join(asked)}")
        yield typed, ours, human


def _recall(engine: Engine, question: GoldQuestion, asked: str) -> float:
    places = [(passage.document_id, passage.span) for passage in engine.search(asked, k=K)]
    return evidence_recall(question, places)


def _gap(rows: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    """Return the mean recalls and the share of the way from "as typed" to "written out" that resolving goes."""
    typed, resolved, human = (fmean(column) if rows else 0.0 for column in zip(*rows, strict=True))
    return {
        "questions": len(rows),
        "as_typed": round(typed, 4),
        "resolved": round(resolved, 4),
        "written_out": round(human, 4),
        "gap_closed": round((resolved - typed) / (human - typed), 4) if human > typed else 0.0,
    }


def _speed(times: Sequence[float]) -> dict[str, float]:
    return {"median": round(median(times), 3), "p95": round(sorted(times)[int(len(times) * 0.95)], 3)}


if __name__ == "__main__":
    main()
