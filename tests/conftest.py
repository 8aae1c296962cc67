"""What is made once for all tests."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from retrieval.models.onnx_embedder import OnnxEmbedder

if TYPE_CHECKING:
    from tools.local_postgres.cluster import Cluster
    from tools.local_s3.bucket import Bucket

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""
ROOM = 4 << 30
"""Bytes that must be free there; all tests at once need a tenth of it."""

FIRST = "test_train.py"
"""The last file in the alphabet, whose tests take half a minute."""

# How long an example takes says how busy the machine is. Whatever must be fast has a test that says so.
settings.register_profile("newsdesk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsdesk")


def pytest_configure() -> None:
    """Keep the files of tests in memory where there is room, and where programs may be run from there.

    A store waits for the disk at each commit, ten times as long as for memory. No test depends on that: what
    a power cut or a full disk leaves is made by the disks in tests/fault. `TMPDIR` says otherwise.
    """
    if "TMPDIR" in os.environ or not hasattr(os, "ST_NOEXEC") or not MEMORY.is_dir():
        return
    if shutil.disk_usage(MEMORY).free > ROOM and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with a long file that would be the last, so that no worker is left alone with it."""
    items.sort(key=lambda item: item.path.name != FIRST)


@pytest.fixture(scope="session")
def minilm() -> OnnxEmbedder:
    """The packaged model: seconds to load, so loaded once."""
    return OnnxEmbedder()


@pytest.fixture(scope="session")
def cluster() -> Iterator["Cluster"]:
    """A PostgreSQL server with pgvector that no test stops: a second to start, so started once."""
    from tools.local_postgres.cluster import Cluster

    with Cluster() as started:
        yield started


@pytest.fixture
def database_url(cluster: "Cluster") -> Iterator[str]:
    """The address of an empty database on it, of one test alone."""
    with cluster.database() as url:
        yield url


@pytest.fixture(scope="session")
def bucket() -> Iterator["Bucket"]:
    """An object store that no test stops."""
    from tools.local_s3.bucket import Bucket

    with Bucket() as started:
        yield started


@pytest.fixture
def files_address(bucket: "Bucket", monkeypatch: pytest.MonkeyPatch) -> str:
    """An address below it, of one test alone, with what is needed to use it in the environment."""
    for name, value in bucket.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://newsdesk/{uuid4().hex}"
