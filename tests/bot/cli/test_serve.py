"""`newsdesk run`, in processes of its own: what a first day looks like."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.cli.composition import Parts
from bot.cli.serve import FIRST_QUESTION, SAMPLE_NAME
from corpus.errors import ReloadBusy
from corpus.sources.files import SAMPLE, read
from tests.bot.conftest import Call


def run(home: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "--home", str(home), "run"],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[3])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_fresh_home_gets_the_sample_once_answers_and_ends_well(tmp_path: Path) -> None:
    first = run(tmp_path / "home", tmp_path)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("There is no corpus yet: loading the sample, ")
    assert f"\nFor example: {FIRST_QUESTION}\n\n   > " in first.stdout
    assert "DNA" in first.stdout
    assert first.stdout.endswith("`help` lists what else there is, `quit` ends.\n")
    assert [line for line in first.stderr.splitlines() if "embedding" in line] == ["embedding …"]
    pointer = tmp_path / "home" / "collections" / "news" / "CURRENT"
    served = pointer.read_text()

    second = run(tmp_path / "home", tmp_path)
    assert (second.returncode, second.stderr) == (0, "")
    assert "loading the sample" not in second.stdout
    assert f"For example: {FIRST_QUESTION}" in second.stdout
    assert pointer.read_text() == served


def test_another_process_cannot_read_or_take_back_the_sample_while_it_is_loaded(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = list[str]()

    def reload(parts: Parts) -> None:
        def change() -> None:
            with pytest.raises(ReloadBusy) as busy, parts.home.locked():
                pass
            refused.append(str(busy.value))

        with parts.home.store() as store:
            assert [source.location for source in store.sources()] == [SAMPLE]
        with ThreadPoolExecutor() as another:
            another.submit(change).result()

    monkeypatch.setattr(Parts, "reload", reload)
    call("run")
    assert len(refused) == 1


def test_a_home_with_a_corpus_of_its_own_is_left_as_it_is(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A probe landed on the moon on Monday.")
    call("corpus", "add", "a.md")
    ran = call("run", stdin="What landed on the moon?\n")
    assert ran.status == 0
    assert "For example" not in ran.out
    assert "A probe landed on the moon on Monday." in ran.out
    assert len(call("corpus", "status", "--json").row["sources"]) == 1


def test_the_sample_s_articles_name_the_source_that_run_looks_for() -> None:
    assert {getattr(article, "source", None) for article in read(SAMPLE, "news")} == {SAMPLE_NAME}
