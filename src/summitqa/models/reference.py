"""The door to sentence-transformers: loads a model folder and says what it is.

It is the reference that exports are measured against. Importing it takes seconds, so only the export
and the torch runtime come here; whoever calls decides where the model comes from, nothing is downloaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summitqa.errors import ModelError, ModelNotFoundError
from summitqa.models.foreign import first_line, quiet
from summitqa.models.spec import EncoderSpec
from summitqa.models.weights import PACKAGED_NAME, PACKAGED_SHA256

_PLAIN_MODULES = {"Transformer", "Pooling", "Normalize"}


def load_reference(folder: Path, *, device: str | None, attention: str | None = None) -> Any:
    """Load the model in *folder* as a ``SentenceTransformer``.

    Args:
        folder: a sentence-transformers model.
        device: ``cpu``, ``cuda`` and so on; ``None`` takes a GPU if there is one.
        attention: name of transformers' attention implementation, ``None`` for its choice.

    Raises:
        ModelNotFoundError: if sentence-transformers is not installed.
        ModelError: if the folder is not such a model.
    """
    with quiet():
        try:
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds
        except ImportError as error:
            raise ModelNotFoundError(
                'sentence-transformers is not installed; run "pip install sentence-transformers"'
            ) from error
        options = {"attn_implementation": attention} if attention else {}
        try:
            return SentenceTransformer(str(folder), device=device, local_files_only=True, model_kwargs=options)
        except Exception as error:  # a damaged folder fails in many ways
            raise ModelError(f"{folder}: sentence-transformers cannot load it ({first_line(error)})") from error


def read_spec(model: Any, weights_sha256: str) -> EncoderSpec:
    """Describe a loaded ``SentenceTransformer``.

    The pooling of a model with modules beyond transformer, pooling and normalisation is named after all of
    them, ``mean+dense`` for example, and is none that :data:`summitqa.models.spec.POOLINGS` has.

    Raises:
        ModelError: if the model has no bound on the length of its input.
    """
    config = model[0].auto_model.config
    max_length = model.max_seq_length or getattr(config, "max_position_embeddings", None)
    if not max_length:
        raise ModelError(f"{config.model_type}: no longest input; set max_seq_length in sentence_bert_config.json")
    prompts = {name: prompt for name, prompt in model.prompts.items() if prompt}
    default = prompts.get(model.default_prompt_name or "", "")
    passage_prompts = [prompts[name] for name in ("document", "passage", "corpus") if name in prompts]
    return EncoderSpec(
        name=PACKAGED_NAME if weights_sha256 == PACKAGED_SHA256 else config.model_type,
        weights_sha256=weights_sha256,
        dim=len(model.encode("width", show_progress_bar=False)),
        max_length=int(max_length),
        pooling=_read_pooling(model),
        query_prompt=prompts.get("query", default),
        passage_prompt=passage_prompts[0] if passage_prompts else default,
    )


def _read_pooling(model: Any) -> str:
    parts = []
    for module in model:
        kind = type(module).__name__
        if kind == "Pooling":
            mode = getattr(module, "pooling_mode", None) or module.get_pooling_mode_str()
            parts.append(mode if isinstance(mode, str) else "+".join(mode))
        elif kind not in _PLAIN_MODULES:
            parts.append(kind.lower())
    return "+".join(parts)
