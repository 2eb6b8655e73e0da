"""Fixtures that are worth sharing: the real encoders, opened once a run and exported once a machine."""

from __future__ import annotations

import hypothesis
import pytest

from model_folders import open_packaged
from summitqa.models import OnnxEncoder

# The same examples on every run and machine, and no limit in seconds: CI machines are slow at times.
hypothesis.settings.register_profile("summitqa", deadline=None, derandomize=True)
hypothesis.settings.load_profile("summitqa")


@pytest.fixture(scope="session")
def minilm() -> OnnxEncoder:
    """Return the packaged encoder as it is served: int8."""
    return open_packaged("onnx-int8")


@pytest.fixture(scope="session")
def minilm_fp32() -> OnnxEncoder:
    """Return the packaged encoder at full precision."""
    return open_packaged("onnx-fp32")
