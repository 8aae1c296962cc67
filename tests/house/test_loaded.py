"""What is imported for what: settings and help wait for nothing heavy, and who adds articles for no chat."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OURS = {"bot", "corpus", "retrieval"}
CHATS = {"discord", "slack_bolt", "slack_sdk", "aiohttp"}
MODELS = {"torch", "sentence_transformers", "transformers", "huggingface_hub"}
NETWORKS = {"onnxruntime", "tokenizers"}
REPORTS = {"matplotlib"}
PAGES = {"trafilatura", "lxml"}
WEB = {"httpcore2", "protego", "anyio"}
FOLDERS = {
    "bot.__main__",
    "bot.cli",
    "bot.setting_readers",
    "bot.settings",
    "bot.copies",
    "bot.corpus_admin",
    "bot.polling",
    "bot.measuring",
    "bot.messages",
    "bot.answers",
}
"""Of bot, what adding a file needs: nothing of chats, of searching or of measuring answers."""
ADD = """
from bot.__main__ import main
from retrieval.models.model import hash_model
assert main(["--home", "home", "corpus", "add", "note.md"], lambda _name: hash_model()) == 0
"""
"""Adds a file; the model, which it needs, stands in for one that imports nothing."""
NOTE = "---\ntitle: Bridge closed\n---\n\nThe old bridge was closed by the mayor.\n"
CALL = """
import io, sys
from unittest.mock import patch
from bot.__main__ import main
with patch("sys.stdin", io.StringIO("Who closed the bridge?\\nquit\\n")):
    assert main(["--home", "home", *{arguments}]) == 0
"""
"""Calls a command as people do, with the real model; those that talk are asked one question."""
TELL = "import json\nprint()\nprint(json.dumps(sorted(set(sys.modules) - begun)))"


def loaded(code: str, folder: Path) -> set[str]:
    """Every module that the code imports in a process of its own; they are printed, for `pytest -rP`."""
    script = f"import sys\nbegun = set(sys.modules)\n{code}\n{TELL}"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = set(json.loads(done.stdout.splitlines()[-1]))
    for name in sorted(one for one in found if one.split(".")[0] not in sys.stdlib_module_names):
        print(name)  # noqa: T201 - this is what the test is for
    return found


def packages(modules: set[str]) -> set[str]:
    """The packages that they are of, without those of Python itself."""
    return {name.split(".")[0] for name in modules} - sys.stdlib_module_names


def test_settings_import_nothing_that_they_do_not_need(tmp_path: Path) -> None:
    found = loaded("import bot.settings", tmp_path)
    assert packages(found) <= OURS | {"dotenv"}
    assert {name for name in found if name.startswith("bot.")} == {"bot.settings", "bot.setting_readers"}
    assert not found & {"sqlite3", "asyncio", "ssl"}


@pytest.mark.parametrize(
    ("arguments", "besides"),
    [
        (["--help"], {"click"}),
        (["--version"], {"click"}),
        (["ask", "--help"], {"click", "dotenv"}),
        (["corpus", "--help"], {"click", "dotenv"}),
    ],
)
def test_help_waits_for_nothing_heavy(tmp_path: Path, arguments: list[str], besides: set[str]) -> None:
    found = loaded(f"from bot.__main__ import main\nassert main({arguments}) == 0", tmp_path)
    assert packages(found) <= OURS | besides
    assert not found & {"sqlite3", "asyncio", "ssl"}


def test_adding_a_file_imports_nothing_for_chats_questions_reports_or_the_web(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(NOTE)
    found = loaded(ADD, tmp_path)
    assert {"faiss", "numpy", "yaml"} <= packages(found)
    assert not packages(found) & (CHATS | MODELS | REPORTS | PAGES | WEB)
    folders = {".".join(name.split(".")[:2]) for name in found if name.startswith("bot.")}
    assert folders <= FOLDERS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the home with the note is, and the note; nothing changes it."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "note.md").write_text(NOTE)
    loaded(CALL.format(arguments=["corpus", "add", "note.md"]), folder)
    return folder


def test_the_packaged_model_needs_nothing_of_torch(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "other.md").write_text(NOTE.replace("bridge", "tunnel"))
    calls = (
        ["ask", "Who closed the bridge?"],
        ["chat"],
        ["run"],
        ["corpus", "add", "other.md"],
        ["corpus", "reload", "--force"],
        ["doctor"],
    )
    found = loaded("".join(CALL.format(arguments=arguments) for arguments in calls), copy)
    assert not packages(found) & MODELS


@pytest.mark.parametrize("arguments", [["corpus", "add", "note.md"], ["corpus", "reload"]])
def test_where_nothing_changed_no_network_is_loaded(folder: Path, arguments: list[str]) -> None:
    found = packages(loaded(CALL.format(arguments=arguments), folder))
    assert not found & (MODELS | NETWORKS)


def test_where_all_is_as_it_was_a_reload_opens_nothing(folder: Path) -> None:
    reload = CALL.format(arguments=["corpus", "reload"])
    settled = f"from bot.cli.printing import last_reload\nlast_reload.SETTLED = -60.0\n{reload}"
    loaded(settled, folder)
    found = {name for name in packages(loaded(settled, folder)) if not name.startswith("_sysconfigdata")}
    assert found <= OURS | {"click", "dotenv", "rich"}


def test_a_question_waits_for_nothing_of_sources_reloads_or_conversations(folder: Path) -> None:
    found = loaded(CALL.format(arguments=["ask", "Who closed the bridge?"]), folder)
    assert {"bot.desk.desk", "bot.corpus_admin.home"} <= found
    assert not packages(found) & (CHATS | PAGES | WEB | {"sqlalchemy", "yaml", "obstore", "feedparser"})
    others = ("corpus.readers.registry", "corpus.sources", "bot.corpus_admin.reload", "bot.cli.conversation")
    eastern = ("retrieval.question.east_asian_courtesies", "retrieval.dates.east_asian_dates")
    assert not [name for name in found if name.startswith((*others, *eastern))]
