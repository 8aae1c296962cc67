import hashlib
import json
import pickle
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xxhash

from corpus.article import Article
from corpus.errors import GenerationUnusable
from retrieval.generations.generation import check_files, open_generation, verify
from retrieval.generations.manifest import CODED_FORMAT, FORMAT, MANIFEST, read_manifest
from retrieval.generations.new_generation import NewGeneration
from retrieval.generations.segment_files import FILES, HEADINGS, KINDS, TERMS, VECTORS
from retrieval.generations.writing import write
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedTexts, HashEmbedder
from retrieval.ranking.search import search
from retrieval.segments.dense import dense_header
from retrieval.text.analyzer import Analyzer
from tests.fault.newsroom import QuickDisk
from tests.retrieval.snapshots import article, asking, edition_of, only, snapshot_of

MODEL = HashEmbedder.model
FLIPS = 8
"""Single bits flipped in each file, one at a time."""


def harvest(year: int) -> list[Article]:
    return [
        article("apples", f"The harvest of {year} was rich. Apples hung on every tree.", title="Apples"),
        article("pears", f"Pears failed in {year}. Nobody knows why — not even 농부.", title="Pears"),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A generation on disk."""
    return written(edition_of(harvest(2025)), tmp_path)


def written(made: NewGeneration, parent: Path, sequence: int = 1) -> Path:
    folder = parent / made.generation
    write(made, sequence, folder, QuickDisk())
    return folder


def opened(folder: Path) -> Snapshot:
    return open_generation(folder, "news", MODEL).snapshot


def place(folder: Path, name: str) -> Path:
    """Where a file of a generation of one segment is."""
    [found] = folder.rglob(name)
    return found


def refusal(folder: Path, *, thorough: bool = False) -> str:
    """Why a generation is refused, in one line, by everything that reads all of it; or by what is thorough
    alone, where the others take it."""
    reasons = set()
    for reading in (lambda: opened(folder), lambda: verify(folder, "news"))[thorough:]:
        with pytest.raises(GenerationUnusable) as caught:
            reading()
        assert caught.value.generation == folder.name
        assert str(caught.value) == f"generation {folder.name} is not used: {caught.value.reason}"
        assert "\n" not in str(caught.value)
        reasons.add(caught.value.reason)
    if thorough:
        opened(folder)
    [reason] = reasons
    return reason


def edit_manifest(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a manifest and make its checksum fit, as one who knows how would."""
    path = folder / MANIFEST
    body = json.loads(path.read_bytes())
    del body["checksum"]
    change(body)
    content = json.dumps(body, sort_keys=True, ensure_ascii=False).encode()
    path.write_text(json.dumps(body | {"checksum": hashlib.sha256(content).hexdigest()}))


def put(folder: Path, name: str, content: bytes) -> None:
    """Put another file in and make the manifest fit."""
    path = place(folder, name)
    path.unlink()
    path.write_bytes(content)

    def fit(body: dict[str, Any]) -> None:
        body["segments"][0]["files"][name] = xxhash.xxh3_128(content).hexdigest()

    edit_manifest(folder, fit)


def npy(array: Any) -> bytes:
    file = BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


def test_a_generation_comes_back_as_it_was_built(tmp_path: Path) -> None:
    made = edition_of(harvest(2025), withdrawn=frozenset({"plums"}))
    folder = written(made, tmp_path, sequence=7)
    snapshot, built = opened(folder), snapshot_of(harvest(2025))
    assert snapshot.generation == made.generation == folder.name
    assert snapshot.created == made.created
    assert list(snapshot.articles) == harvest(2025)
    assert [one.version for one in snapshot.headings] == [one.version() for one in harvest(2025)]
    for part in ("tables", "forward", "tokens"):
        one, other = getattr(only(snapshot), part), getattr(only(built), part)
        for name in one.__slots__:
            kept, made_of = getattr(one, name), getattr(other, name)
            assert kept.dtype == made_of.dtype
            assert kept.size
            assert np.array_equal(kept, made_of)
            assert not kept.flags.writeable, "it is not mapped"
    vector, every = HashEmbedder().embed_question("Where did apples hang?").vector, np.arange(2)
    words, meanings = zip(
        *(
            (
                one.words.scores(["appl"], every).tolist(),
                only(one).dense.similarity(vector, every).tolist(),
            )
            for one in (snapshot, built)
        ),
        strict=True,
    )
    assert words[0] == words[1] != [0, 0]
    assert meanings[0] == meanings[1] != [0, 0]
    manifest = read_manifest(folder, "news")
    assert (manifest.sequence, manifest.articles, manifest.model) == (7, 2, MODEL)
    assert manifest.withdrawn == ["plums"]
    [entry] = manifest.segments
    assert (
        sorted(entry.files) == sorted(FILES) == sorted(path.name for path in (folder / entry.name).iterdir())
    )
    verify(folder, "news")
    check_files(folder, "news")


def test_a_generation_without_articles_is_one_too(tmp_path: Path) -> None:
    folder = written(edition_of([]), tmp_path)
    snapshot = opened(folder)
    verify(folder, "news")
    assert list(snapshot.articles) == []
    query = asking("Where did apples hang?")
    assert search([snapshot], query, HashEmbedder().embed_question(query.text), 3).hits == []


def test_a_generation_whose_articles_hold_no_term_is_one_too(tmp_path: Path) -> None:
    folder = written(edition_of([article("bare", "_ _", title="_")]), tmp_path)
    assert place(folder, TERMS).read_bytes() == b""
    assert len(opened(folder).articles) == 1
    verify(folder, "news")


def test_names_are_never_used_twice() -> None:
    assert len({edition_of([]).generation for _ in range(50)}) == 50


def test_nothing_is_written_over(folder: Path) -> None:
    with pytest.raises(FileExistsError):
        write(edition_of(harvest(2026)), 2, folder, QuickDisk())
    verify(folder, "news")


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_one_bit_flipped_in_any_file_is_found(folder: Path, name: str) -> None:
    chance = random.Random(name)
    path = place(folder, name)
    sound = path.read_bytes()
    places = {0, len(sound) - 1, *(chance.randrange(len(sound)) for _ in range(FLIPS))}
    for at in places:
        flipped = bytearray(sound)
        flipped[at] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        reason = refusal(folder)
        assert ("manifest" if name == MANIFEST else name) in reason or "format" in reason, at


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
@pytest.mark.parametrize("way", ["cut in half", "cut by one byte", "empty", "longer", "missing", "a folder"])
def test_a_file_that_is_not_whole_is_found(folder: Path, name: str, way: str) -> None:
    path = place(folder, name)
    sound = path.read_bytes()
    path.unlink()
    match way:
        case "cut in half":
            path.write_bytes(sound[: len(sound) // 2])
        case "cut by one byte":
            path.write_bytes(sound[:-1])
        case "empty":
            path.touch()
        case "longer":
            path.write_bytes(sound + b"x")
        case "a folder":
            path.mkdir()
    assert ("manifest" if name == MANIFEST else name) in refusal(folder)


def test_a_generation_under_another_name_is_found(folder: Path) -> None:
    moved = folder.rename(folder.parent / "20260101T000000-00000000")
    assert refusal(moved) == f"it is generation {folder.name} under another name"


def test_a_generation_of_another_collection_is_refused_whoever_reads_it(tmp_path: Path) -> None:
    folder = written(edition_of([article("secret", "A secret.", collection="board")], "board"), tmp_path)
    assert refusal(folder) == "it belongs to collection board"
    with pytest.raises(GenerationUnusable, match="belongs to collection board"):
        check_files(folder, "news")


def test_a_generation_of_another_model_is_refused_and_its_articles_are_not(folder: Path) -> None:
    with pytest.raises(GenerationUnusable, match="made with the model hash-64, the settings ask for big"):
        open_generation(folder, "news", "big")
    assert len(open_generation(folder, "news", None).snapshot.articles) == 2


@pytest.mark.parametrize(("number", "what_to_do"), [(CODED_FORMAT + 1, "update Newsdesk"), (1, "reload")])
def test_a_generation_of_another_format_is_refused_with_what_to_do(
    folder: Path, number: int, what_to_do: str
) -> None:
    edit_manifest(folder, lambda body: body.update(format=number, unheard_of=True))
    read = f"{FORMAT} and {CODED_FORMAT}"
    assert refusal(folder) == f"it has format {number}, this Newsdesk reads {read}: {what_to_do}"


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "null", "7", "{", "[" * 100_000, f'{{"format": {FORMAT}, "checksum": "x"}}', "\x00"],
)
def test_whatever_stands_in_the_place_of_a_manifest_is_refused(folder: Path, content: str) -> None:
    (folder / MANIFEST).write_text(content)
    assert "manifest is damaged" in refusal(folder) or "format None" in refusal(folder)


def test_a_manifest_with_other_entries_is_refused(folder: Path) -> None:
    edit_manifest(folder, lambda body: body.update(more=1))
    assert refusal(folder) == "its manifest is damaged"
    edit_manifest(folder, lambda body: body.__delitem__("more"))
    verify(folder, "news")
    edit_manifest(folder, lambda body: body.__delitem__("articles"))
    assert refusal(folder) == "its manifest is damaged"


class Harmful:
    """Shows that it was unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return (pytest.fail, ("a pickle was loaded",))


NO_ARRAYS = [
    *(npy(np.array([Harmful()], dtype=object)), pickle.dumps(Harmful()), b"", b"\x93NUMPY"),
    b"PK\x05\x06" + bytes(18),
]


@pytest.mark.parametrize("name", [*KINDS, VECTORS])
@pytest.mark.parametrize("content", NO_ARRAYS)
def test_what_is_no_array_of_numbers_is_refused_even_under_a_manifest_that_fits(
    folder: Path, name: str, content: bytes
) -> None:
    put(folder, name, content)
    assert refusal(folder).startswith("its files don't fit together")


def wrong(place: int | tuple[int, int], value: int) -> Callable[[Any], Any]:
    def change(array: Any) -> Any:
        changed = array.copy()
        changed[place] = value
        return changed

    return change


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("passages.npy", wrong((0, 2), 10_000), "a passage past the end of its article"),
        ("passages.npy", wrong((0, 0), 2), "a passage out of bounds"),
        ("passages.npy", wrong((0, 0), -1), "a passage out of bounds"),
        ("passages.npy", wrong((0, 1), -1), "a passage out of bounds"),
        ("passages.npy", wrong((0, 2), 0), "a passage out of bounds"),
        ("chunks.npy", wrong((-1, 2), 10_000), "a chunk past the end of its article"),
        ("chunks.npy", lambda table: table[:-1], "chunks"),
        ("passages.npy", lambda table: table[:-1], "passages"),
        ("passages.npy", lambda table: table[:, :2], "passages for 2 articles"),
        ("passages.npy", lambda table: table[:0], "passages"),
        ("passages.npy", lambda table: table.astype(np.int64), "int64"),
        ("chunks-of.npy", wrong((0, 0), -1), "a passage without its chunks"),
        ("chunks-of.npy", wrong((0, 1), 99), "a passage without its chunks"),
        ("chunks-of.npy", wrong((1, 0), 99), "a passage without its chunks"),
        ("chunks-of.npy", lambda table: table[:-1], "passages and chunks differ"),
        ("chunks-of.npy", lambda table: table.ravel(), "passages and chunks differ"),
        ("sentences.npy", wrong((0, 0), 2), "a sentence out of bounds"),
        ("sentences.npy", wrong((0, 1), -1), "a sentence out of bounds"),
        ("sentences.npy", wrong((-1, 2), 10_000), "a sentence past the end of its article"),
        ("sentences.npy", lambda table: table[:, :2], "sentences for 2 articles"),
        ("sentences.npy", lambda table: table[:0], "0 sentences for 2 articles"),
        ("sentences.npy", lambda table: table[:-1], "a passage without its sentences"),
        (
            "sentences.npy",
            lambda table: np.concatenate([table, table[-1:]]),
            "sentences and their terms differ",
        ),
        ("sentences-of.npy", wrong((0, 0), -1), "a passage without its sentences"),
        ("sentences-of.npy", wrong((0, 1), 0), "a passage without its sentences"),
        ("sentences-of.npy", wrong((1, 1), 99), "a passage without its sentences"),
        ("sentences-of.npy", lambda table: table[:-1], "passages and sentences differ"),
        ("sentence-starts.npy", lambda starts: starts[:-1], "sentences and their terms differ"),
        ("sentence-starts.npy", lambda starts: starts[:0], "sentences and their terms differ"),
        ("sentence-starts.npy", lambda starts: starts[:, None], "sentences and their terms differ"),
        ("sentence-starts.npy", lambda starts: np.int64(0), "sentences and their terms differ"),
        ("sentence-starts.npy", wrong(0, 1), "sentences and their terms differ"),
        ("sentence-starts.npy", wrong(-1, 10_000), "sentences and their terms differ"),
        ("sentence-starts.npy", wrong(1, 10_000), "sentences and their terms differ"),
        ("sentence-starts.npy", lambda starts: starts.astype(np.int32), "int32"),
        ("sentence-terms.npy", lambda terms: terms[:-1], "sentences and their terms differ"),
        ("sentence-terms.npy", lambda terms: terms.astype(np.int64), "int64"),
        ("token-starts.npy", lambda starts: starts[:-1], "chunks and their tokens differ"),
        ("token-starts.npy", lambda starts: starts[:, None], "chunks and their tokens differ"),
        ("token-starts.npy", wrong(0, 1), "chunks and their tokens differ"),
        ("token-starts.npy", wrong(-1, 10_000), "chunks and their tokens differ"),
        ("token-starts.npy", wrong(1, -5), "chunks and their tokens differ"),
        ("token-places.npy", lambda places: places[:-1], "chunks and their tokens differ"),
        ("token-places.npy", lambda places: places.astype(np.int32), "int32"),
        ("token-signs.npy", lambda signs: signs[:-1], "tokens at"),
        ("token-signs.npy", lambda signs: signs.ravel(), "tokens at"),
        ("token-signs.npy", lambda signs: signs[:, :, None], "tokens at"),
        ("token-signs.npy", lambda signs: signs.astype(np.int8), "int8"),
        ("text-starts.npy", wrong(-1, 3), "articles and their texts differ"),
        ("text-starts.npy", lambda starts: starts[:-1], "articles and their texts differ"),
        ("term-text-starts.npy", wrong(-1, 3), "terms and their letters differ"),
        ("term-starts.npy", lambda starts: starts[:-1], "terms and their passages differ"),
        ("term-rows.npy", lambda rows: rows[:-1], "terms and their passages differ"),
        ("term-rows.npy", wrong(0, 2), "a term out of bounds"),
        ("term-rows.npy", wrong(0, -1), "a term out of bounds"),
        ("term-counts.npy", lambda counts: counts[:-1], "passages and their terms differ"),
        ("passage-lengths.npy", lambda lengths: lengths[:-1], "passages and their terms differ"),
        ("sentence-terms.npy", wrong(0, 10_000), "a term out of bounds"),
        ("sentence-terms.npy", wrong(0, -1), "a term out of bounds"),
    ],
)
def test_files_that_do_not_fit_together_are_refused_even_under_a_manifest_that_fits(
    folder: Path, name: str, change: Callable[[Any], Any], reason: str
) -> None:
    put(folder, name, npy(change(np.load(place(folder, name)))))
    found = refusal(folder, thorough="past the end" in reason)
    assert found.startswith("its files don't fit together")
    assert reason in found


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda rows: rows[:-1], "vectors for"),
        (lambda rows: rows * np.float16(0.5), "a vector is not of length 1"),
        (lambda rows: rows * np.float16(np.nan), "a vector is not of length 1"),
    ],
)
def test_vectors_that_are_none_are_refused_even_under_a_manifest_that_fits(
    folder: Path, change: Callable[[Any], Any], reason: str
) -> None:
    rows = change(only(opened(folder)).dense.vectors)
    put(folder, VECTORS, dense_header(*rows.shape) + rows.tobytes())
    assert reason in refusal(folder, thorough="length" in reason)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.update(gone=[2]),
        lambda entry: entry.update(gone=[-1]),
        lambda entry: entry.update(gone=[0, 1]),
        lambda entry: entry.update(articles=3),
    ],
)
def test_articles_that_are_gone_and_never_were_are_refused(
    folder: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    edit_manifest(folder, lambda body: change(body["segments"][0]))
    assert refusal(folder).endswith("and what is gone from it don't fit together")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"id": 1}', b"\xff"])
def test_articles_that_are_none_are_refused_even_under_a_manifest_that_fits(
    folder: Path, content: bytes
) -> None:
    put(folder, HEADINGS, content)
    assert refusal(folder).startswith("its files don't fit together")


def test_articles_out_of_order_are_refused(folder: Path) -> None:
    lines = place(folder, HEADINGS).read_bytes().splitlines(keepends=True)
    for order in (lines[::-1], [lines[0], lines[0]]):
        put(folder, HEADINGS, b"".join(order))
        assert "articles are not in the order of their ids" in refusal(folder)


def test_the_self_check_refuses_a_model_whose_vectors_have_no_length(tmp_path: Path) -> None:
    made = edition_of(
        harvest(2025),
        embed=lambda texts: replace(
            HashEmbedder().embed_passages(texts), vectors=np.zeros((len(texts), 8), np.float16)
        ),
    )
    with pytest.raises(GenerationUnusable, match="a vector is not of length 1"):
        written(made, tmp_path)


@pytest.mark.parametrize(
    ("vectors", "tokens", "reason"), [(1, 0, "vectors for"), (0, 1, "chunks and their tokens differ")]
)
def test_the_self_check_refuses_a_model_that_forgets_a_text(
    tmp_path: Path, vectors: int, tokens: int, reason: str
) -> None:
    def forgetful(texts: Sequence[str]) -> EncodedTexts:
        found = HashEmbedder().embed_passages
        return EncodedTexts(found(texts[vectors:]).vectors, found(texts[tokens:]).tokens)

    with pytest.raises(GenerationUnusable, match=reason):
        written(edition_of(harvest(2025), embed=forgetful), tmp_path)


def test_what_is_kept_of_sentences_and_chunks_is_their_own() -> None:
    text = " ".join(f"Apples of {2000 + number} hung on every tree of the valley." for number in range(30))
    snapshot = snapshot_of([*harvest(2025), article("long", text, title="Trees")])
    tables, words, embedder = only(snapshot).tables, Analyzer(), HashEmbedder()
    assert len(tables.passages) > 3
    for row, (one, start, end) in enumerate(tables.sentences.tolist()):
        terms, _ = only(snapshot).forward.of(np.array([row]))
        asked = [
            only(snapshot).postings.terms.row(term)
            for term in words.terms(snapshot.articles[one].text[start:end])
        ]
        assert terms.tolist() == asked
    for row, (one, start, end) in enumerate(tables.chunks.tolist()):
        places, signs = only(snapshot).tokens.of(row)
        alone = embedder.embed_passages([snapshot.articles[one].text[start:end]]).tokens
        assert places.tolist() == alone.places.tolist()
        assert np.array_equal(signs, alone.signs)
    for (one, start, end), (first, last) in zip(
        tables.passages.tolist(), tables.sentences_of.tolist(), strict=True
    ):
        of = tables.sentences[first:last].tolist()
        assert (of[0], of[-1]) == ([one, start, of[0][2]], [one, of[-1][1], end])


def test_a_passage_is_found_by_its_title_and_date_unless_its_text_opens_with_the_title() -> None:
    day = datetime(2026, 1, 14, tzinfo=UTC)
    snapshot = snapshot_of(
        [
            article("titled", "It rained.", title="Floods", published=day),
            article("opened", "Floods came.", title="Floods"),
            article("neither", "It rained."),
        ]
    )
    found = {
        term: {
            snapshot.passage(row).article.id
            for row in np.flatnonzero(snapshot.words.scores([term], np.arange(3))).tolist()
        }
        for term in ("flood", "januari")
    }
    assert found == {"flood": {"titled", "opened"}, "januari": {"titled"}}


def test_progress_is_told_with_its_end() -> None:
    told: list[tuple[str, int, int]] = []
    made = edition_of(harvest(2025), progress=lambda what, done, total: told.append((what, done, total)))
    assert len(list(made.made)) == 1
    assert ("splitting", 2, 2) in told
    assert told[-2][0] == "indexing words"
    assert told[-2][1] == told[-2][2]
    assert told[-1] == ("writing", 0, 1)
