"""The model cache: made once, checked at every load, mended when damaged, never half written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from model_folders import flip_byte, make_model
from summitqa.errors import ModelDigestError, ModelError
from summitqa.models.cache import CachedModel, cache_folder, open_cached
from summitqa.models.weights import ModelSource


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> ModelSource:
    """Return a small model."""
    return ModelSource(make_model(tmp_path_factory.mktemp("small") / "model"))


@pytest.fixture(scope="module")
def exported(source: ModelSource, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder with the small model's export, not to be changed."""
    cache_dir = tmp_path_factory.mktemp("cache")
    open_cached(source, "int8", cache_dir)
    return cache_dir


@pytest.fixture
def cache_dir(exported: Path, tmp_path: Path) -> Path:
    """Return a copy of the cache folder that a test may damage."""
    return shutil.copytree(exported, tmp_path / "cache")


def test_export_is_made_once(source: ModelSource, cache_dir: Path) -> None:
    """A second opening changes no file and gives the same encoder."""
    before = _state(cache_dir)
    cached = open_cached(source, "int8", cache_dir)
    assert _state(cache_dir) == before
    assert sorted(path.name for path in cached.graph.parent.iterdir()) == [
        "encoder.json",
        "model-int8.onnx",
        "tokenizer.json",
    ]


@pytest.mark.parametrize("name", ["model-int8.onnx", "tokenizer.json", "encoder.json"])
@pytest.mark.parametrize("damage", [flip_byte, Path.unlink, lambda path: path.write_bytes(b"")])
def test_damaged_export_is_made_again(source: ModelSource, cache_dir: Path, name: str, damage: object) -> None:
    """A changed, missing or emptied file is noticed, and the export is made again by itself."""
    assert callable(damage)
    folder = cache_folder(source, "int8", cache_dir)
    damage(folder / name)
    assert isinstance(open_cached(source, "int8", cache_dir), CachedModel)
    assert not list(folder.parent.glob(".*")), "left something behind"


def test_export_damaged_beyond_repair_names_the_file(source: ModelSource, cache_dir: Path) -> None:
    """When the weights are unusable too, the error says which file of the cache is damaged and why it stays so."""
    folder = cache_folder(source, "int8", cache_dir)
    flip_byte(folder / "model-int8.onnx")
    changed = ModelSource(source.folder, expected_sha256="0" * 64)
    folder.rename(cache_folder(changed, "int8", cache_dir))
    with pytest.raises(ModelDigestError, match=r"model-int8\.onnx: damaged.*making it again failed.*weights"):
        open_cached(changed, "int8", cache_dir)


def test_leftovers_of_a_dead_process_are_removed(source: ModelSource, cache_dir: Path) -> None:
    """What a killed export left behind neither stops the next one nor stays."""
    folder = cache_folder(source, "int8", cache_dir)
    folder.rename(folder.parent / f".{folder.name}.new")
    open_cached(source, "int8", cache_dir)
    assert not list(folder.parent.glob(".*"))


def test_cache_that_cannot_be_written_names_the_setting(source: ModelSource, tmp_path: Path) -> None:
    """A cache folder that cannot be made is an error that names the setting to change."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match=r"cannot be written.*SUMMITQA_CACHE_DIR"):
        open_cached(source, "int8", tmp_path / "file")


def test_valid_export_is_read_from_a_read_only_cache(source: ModelSource, cache_dir: Path) -> None:
    """Opening an export that is there writes nothing, not even a lock."""
    for lock in cache_dir.rglob("*.lock"):
        lock.unlink()
    open_cached(source, "int8", cache_dir)
    assert not list(cache_dir.rglob("*.lock"))


def _state(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}
