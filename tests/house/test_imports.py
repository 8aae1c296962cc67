"""The import contracts hold, and each of them bites: broken on purpose in a copy, it is named."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")
LAYERS = "Arrows go one way: bot -> retrieval -> corpus"
FAISS = "faiss is known to the dense index alone"
MODELS = "sentence_transformers is known to the embedder and the reranker alone"
SQLITE = "sqlite3 is known to the database alone"
FETCHER = "httpcore2 and protego are known to the fetcher alone"
REPORT = "matplotlib and jinja2 are known to the report alone"
PLATFORMS = "discord and slack_bolt are known to their adapters alone"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The three packages and their contracts, to be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("bot", "retrieval", "corpus"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_every_contract_is_kept() -> None:
    kept = lint(ROOT)
    assert kept.returncode == 0, kept.stdout
    for contract in (LAYERS, FAISS, MODELS, SQLITE, FETCHER, REPORT, PLATFORMS):
        assert f"{contract} KEPT" in kept.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("corpus/article.py", "from bot import answer", LAYERS),
        ("corpus/article.py", "from retrieval import words", LAYERS),
        ("retrieval/words.py", "from bot import answer", LAYERS),
        ("bot/desk.py", "import faiss", FAISS),
        ("retrieval/search.py", "import faiss", FAISS),
        ("bot/desk.py", "import sentence_transformers", MODELS),
        ("retrieval/search.py", "import torch", MODELS),
        ("bot/compose.py", "from transformers import AutoModel", MODELS),
        ("bot/home.py", "import sqlite3", SQLITE),
        ("corpus/plan.py", "import sqlite3", SQLITE),
        ("corpus/sources.py", "import httpcore2", FETCHER),
        ("bot/keeping.py", "from protego import Protego", FETCHER),
        ("bot/evaluation/tables.py", "import matplotlib", REPORT),
        ("bot/desk.py", "import discord", PLATFORMS),
        ("bot/service/reception.py", "import discord", PLATFORMS),
        ("bot/terminal.py", "from slack_bolt import App", PLATFORMS),
        ("retrieval/query.py", "import slack_sdk.web", PLATFORMS),
    ],
)
def test_a_forbidden_import_breaks_its_contract_also_inside_a_function(
    copy: Path, module: str, line: str, contract: str
) -> None:
    with (copy / module).open("a") as file:
        file.write(f"\n\ndef _broken() -> None:\n    {line}\n")
    broken = lint(copy)
    assert broken.returncode == 1
    assert f"{contract} BROKEN" in broken.stdout
    assert broken.stdout.count(" BROKEN") == 1
    assert module.removesuffix(".py").replace("/", ".") in broken.stdout
