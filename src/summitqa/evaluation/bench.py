"""The benchmark, ``make bench``: what a user waits for, measured as a user meets it.

Commands are timed as processes, questions over HTTP against a real server on this machine, memory as the
resident set of the serving process. Writes a table to the terminal and JSON to ``build/bench.json``.
It is a measurement, not a test: nothing fails when a number is large.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import psutil

from summitqa.engine import open_passage_encoder
from summitqa.models.reader import READER_FOLDER
from summitqa.models.spans import SpanModel
from summitqa.protocols import Tokenizer
from summitqa.reading import build_view
from summitqa.settings import Settings
from summitqa.types import Passage, Span

PASSAGE_TOKENS = 137
SUMMITQA = (sys.executable, "-m", "summitqa")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number beside what it should be."""

    name: str
    value: float
    unit: str
    target: str
    met: bool


def main() -> None:
    """Measure everything and report."""
    parser = argparse.ArgumentParser(description="Measure speed and memory.")
    parser.add_argument("--sources", type=Path, nargs="+", default=[Path("seeds")])
    parser.add_argument("--gold", type=Path, default=Path("eval/gold.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--runs", type=int, default=5, help="cold starts measured")
    options = parser.parse_args()
    questions = [json.loads(line)["question"] for line in options.gold.read_text(encoding="utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        _run(["index", *map(str, options.sources), "--index", str(index)])
        figures = [
            *_cold(index, questions[0], options.runs),
            *_served(index, options.sources, questions),
            *_read_widely(index, options.sources, questions),
            _encoding(),
            _reading(),
        ]
    _report(figures, options.out)


def _cold(index: Path, question: str, runs: int) -> Iterator[Figure]:
    asked = [_run(["ask", question, "--index", str(index)]) for _ in range(runs)]
    yield _below("summitqa ask, cold, median", statistics.median(asked), "s", 2.0)
    yield _below("summitqa --help, median", statistics.median(_run(["--help"]) for _ in range(runs)), "s", 0.5)


def _served(index: Path, sources: Sequence[Path], questions: Sequence[str]) -> Iterator[Figure]:
    with _server(index, sources) as (process, url, ready_s), httpx.Client(base_url=url, timeout=30) as client:
        yield _below("summitqa serve, second start until ready", ready_s, "s", 3.0)
        for question in questions:
            _ask(client, question)
        times = sorted(_ask(client, question) for question in questions for _ in range(3))
        yield _below("POST /v1/chat, warm, p50", _quantile(times, 0.50), "ms", 20.0)
        yield _below("POST /v1/chat, warm, p95", _quantile(times, 0.95), "ms", 40.0)
        yield _below("POST /v1/chat, warm, p99", _quantile(times, 0.99), "ms", 80.0)
        memory = psutil.Process(process.pid).memory_info().rss / 1e6
        yield _below("memory of the serving process", memory, "MB", 500.0)


def _read_widely(index: Path, sources: Sequence[Path], questions: Sequence[str]) -> Iterator[Figure]:
    """Measure the same questions when up to eight passages are read, however far behind the best one they are."""
    wide = {"SUMMITQA_N_READ": "8", "SUMMITQA_READ_NEAR": "0"}
    with _server(index, sources, wide) as (_, url, _), httpx.Client(base_url=url, timeout=30) as client:
        times = sorted(_ask(client, question) for question in (*questions[:10], *questions))
        yield _below("POST /v1/chat, eight passages read, p50", _quantile(times, 0.50), "ms", 80.0)
        yield _below("POST /v1/chat, eight passages read, p95", _quantile(times, 0.95), "ms", 150.0)


def _encoding() -> Figure:
    """Measure passages encoded a second."""
    encoder = open_passage_encoder(Settings())
    texts = _texts(encoder, PASSAGE_TOKENS)
    encoder.encode_passages(texts[:32])
    began = time.perf_counter()
    encoder.encode_passages(texts)
    speed = len(texts) / (time.perf_counter() - began)
    return Figure(f"passages of {PASSAGE_TOKENS} tokens encoded", round(speed, 1), "/s", ">= 80", speed >= 80)


def _reading() -> Figure:
    """Measure windows read a second, question included."""
    span_model = SpanModel(READER_FOLDER, threads=Settings().threads)
    question = "Who will host the talks?"
    texts = _texts(span_model, PASSAGE_TOKENS - len(span_model.token_spans(question)) - 3)
    views = [build_view(Passage("p", "d", Span(0, len(t)), "paragraph", (Span(0, len(t)),)), t) for t in texts]
    span_model.score_units(question, views[:32])
    began = time.perf_counter()
    span_model.score_units(question, views)
    speed = len(views) / (time.perf_counter() - began)
    return Figure(f"windows of {PASSAGE_TOKENS} tokens read", round(speed, 1), "/s", ">= 80", speed >= 80)


def _texts(tokenizer: Tokenizer, n_tokens: int) -> list[str]:
    """Return texts of *n_tokens* tokens made of the seed's own words."""
    words = " ".join(path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))).split()
    texts = []
    for start in range(256):
        text = " ".join((words * 2)[start : start + 2 * n_tokens])
        texts.append(text[: tokenizer.token_spans(text)[n_tokens - 1].end])
    return texts


def _run(arguments: Sequence[str]) -> float:
    """Run the command to its end; return the seconds it took."""
    began = time.perf_counter()
    done = subprocess.run([*SUMMITQA, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in {0, 3}:
        raise SystemExit(f"summitqa {arguments[0]} failed: {done.stderr.strip()}")
    return time.perf_counter() - began


@contextmanager
def _server(
    index: Path, sources: Sequence[Path], settings: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], str, float]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    named = [part for source in sources for part in ("--source", str(source))]
    process = subprocess.Popen(
        [*SUMMITQA, "serve", *named, "--index", str(index), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(settings or {})},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None and not _is_ready(url):
            time.sleep(0.01)
        if process.poll() is not None:
            raise SystemExit(f"summitqa serve stopped with exit code {process.returncode}")
        yield process, url, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=10)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=1).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _ask(client: httpx.Client, question: str) -> float:
    """Ask over HTTP; return the milliseconds until the whole answer was here."""
    began = time.perf_counter()
    response = client.post("/v1/chat", json={"messages": [{"role": "user", "content": question}]})
    response.raise_for_status()
    return (time.perf_counter() - began) * 1000


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _below(name: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(name, round(value, 3 if unit == "s" else 1), unit, f"< {limit:g}", value < limit)


def _processor() -> str:
    """Say what the figures depend on most: whether the processor multiplies eight-bit numbers in one step (VNNI)."""
    cpu_info = Path("/proc/cpuinfo")
    flags = cpu_info.read_text(encoding="utf-8") if cpu_info.exists() else ""
    return f"{platform.machine()}, {'with' if 'vnni' in flags else 'without'} VNNI"


def _report(figures: Sequence[Figure], out: Path) -> None:
    machine = {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "python": platform.python_version(),
        "system": platform.system(),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    result = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
    out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"{machine['cores']} cores, {machine['processor']}")
    print("| measure | value | target | |")
    print("| --- | ---: | ---: | --- |")
    for figure in figures:
        print(
            f"| {figure.name} | {figure.value} {figure.unit} | {figure.target} | {'met' if figure.met else 'MISSED'} |"
        )


if __name__ == "__main__":
    main()
