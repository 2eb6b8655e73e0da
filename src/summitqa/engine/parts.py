"""What answers beside the index."""

from __future__ import annotations

from dataclasses import dataclass

from summitqa.conversation import Resolver
from summitqa.protocols import Encoder, PassageIndex, Reader
from summitqa.settings import Settings
from summitqa.types import IndexState


@dataclass(frozen=True, slots=True)
class Parts:
    """What answers beside the index: the models, and how they are to be used."""

    encoder: Encoder
    reader: Reader
    resolver: Resolver
    settings: Settings

    def state_with(self, index: PassageIndex) -> IndexState:
        """Return what answers when *index* is asked."""
        return IndexState(index.generation, self.encoder.id, self.reader.id)
