"""Opening: what the settings name becomes an engine that can be asked."""

from __future__ import annotations

from summitqa.conversation import Resolver
from summitqa.engine.engine import Engine
from summitqa.index import current_generation, open_index
from summitqa.models import open_encoder
from summitqa.models.reader import open_reader
from summitqa.models.resolver import open_term_model
from summitqa.protocols import Encoder, Reader
from summitqa.settings import Settings
from summitqa.snapshots import LiveIndex


def open_engine(settings: Settings | None = None) -> Engine:
    """Open the index of *settings* (default: from the environment) for questions.

    Raises:
        IndexStoreError: if there is no usable index, or another encoder built it.
        ModelError: if a model cannot be loaded.
    """
    settings = settings or Settings()
    encoder = open_passage_encoder(settings)
    live = _open_live(settings, encoder)
    terms = open_term_model(threads=settings.threads) if settings.follow_ups == "model" else None
    return Engine(live, encoder, open_reader(threads=settings.threads), settings, Resolver(terms))


def join_engine(settings: Settings, encoder: Encoder, reader: Reader) -> Engine:
    """Open the index of *settings* for questions with models that are loaded already; follow-ups go by rules.

    Raises:
        IndexStoreError: if there is no usable index, or another encoder built it.
    """
    return Engine(_open_live(settings, encoder), encoder, reader, settings)


def open_passage_encoder(settings: Settings) -> Encoder:
    """Load the encoder that *settings* name.

    Raises:
        ModelError: if it cannot be loaded.
    """
    return open_encoder(
        settings.encoder, runtime=settings.runtime, cache_dir=settings.cache_dir, threads=settings.threads
    )


def _open_live(settings: Settings, encoder: Encoder) -> LiveIndex:
    folder = settings.index_dir
    return LiveIndex(
        lambda: open_index(folder, encoder_id=encoder.id, threads=settings.threads),
        lambda: current_generation(folder),
    )
