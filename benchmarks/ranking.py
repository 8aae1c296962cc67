"""Fit `retrieval/ranking/weights.json`, and show what each feature is worth.

    python -m benchmarks.ranking --set NAME HOME QUESTIONS [--set ...] [--near NAME FILE ...] [--ablation]
        [--learned FILE] [--write] [--figure SVG]

Each set is a home with one corpus, and its questions with evidence. Sets in a language that the model knows
fit one table, the others another. All figures are from five-fold cross-validation with folds that share no
article, then for each set with weights fitted only on the others. --near adds near misses over a set's
corpus. With --learned, the articles of that file, on which the reader was trained, are left out where this
matters. With --write, the weights fitted on everything are saved.
"""

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track
from sklearn.linear_model import LogisticRegression

from benchmarks.cases import Case, Corpus
from benchmarks.chances import (
    ABSENT,
    FOLDS,
    FOREIGN,
    NEAR_MISSES,
    Chances,
    cross_validated_confidence,
    fit,
    report,
    sure,
)
from benchmarks.fitting import Table, softmax_fit
from benchmarks.judging import first_right, folds_of
from benchmarks.pages import READ_FEATURES, Page, page, scores
from benchmarks.reliability import ReliabilityPoints, draw
from retrieval.collection.passage_features import SENTENCE_FEATURES
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.read_hits import CONFLICT, LACKING
from retrieval.ranking.weights import FILE, Signals
from retrieval.reading.packaged_reader import packaged_reader
from retrieval.reading.reader import Reader

RANKING = {
    Signals.MEANING: (
        "meaning",
        "article_words",
        "coverage",
        "title_coverage",
        "maxsim",
        "maxsim_sentence",
        "lead",
        "fresh",
        "dated",
        "source",
        "titled",
    ),
    Signals.WORDS: ("words", "coverage", "title_coverage", "pair_coverage", "lead"),
}
"""The features of the ranking, chosen by backward elimination (`docs/retrieval.md`)."""
CARRIED = ("fresh", "dated", "source", "titled")
"""Features that no set in an unknown language has; their weights are those for the known languages."""
GIVEN = {"untimed": -0.8, "unnamed": -0.15}
"""Weights that are not fitted, for languages that the model knows: few questions of the sets depend on a time
or a number, and fitted they are 0. On 146 questions of our own whose answer has a rival
(`benchmarks/questions`), halves a and b, hit@1 is 0.703 and 0.819 without them, 0.757 and 0.861 at 0.5 and
0.1, 0.770 and 0.875 at these, 0.797 and 0.875 at 1 and 0.3, where MultiHop-RAG's falls from 0.909 to 0.879.
At these that is 0.917, SQuAD 2's 0.853 (0.842 without), NewsQA's 0.706 (0.707) and RealTimeQA's 0.756
(0.760)."""
GIVEN_READ = {CONFLICT: -2.0, LACKING: -2.0}
"""The same for sentences that are read: the weight of contradicting the question. On half a of these
questions hit@1 is 0.730 without it, 0.811 at 1.5, 0.838 at 2 and 0.851 at 2.5, where RealTimeQA's falls from
0.752 to 0.748; on half b 0.833, 0.861, 0.847 and 0.847. And the weight of having no amount, age or time of
the kind that is asked for: at 1, RealTimeQA's hit@1 and sentence@1 are 0.004 lower."""
SENTENCES = {
    Signals.MEANING: SENTENCE_FEATURES,
    Signals.WORDS: ("coverage", "pair_coverage", "phrases", "place", "lead", "length", "news"),
}
OFF_TOPIC = "off_topic"
"""The type of questions in a file that are on a subject outside its corpus."""
FOREIGN_COUNT = 120
"""The questions of each other set that are asked of a corpus."""


def fit_passages(sets: Sequence[Sequence[Case]], names: Sequence[str]) -> Table:
    """Fit the weights of a passage's features; every set counts the same."""
    columns = [PASSAGE_FEATURES.index(name) for name in names]
    groups = [(case.features.passages[:, columns], case.right) for one in sets for case in one]
    found = softmax_fit(groups, [1 / len(one) for one in sets for _ in one])
    return dict(zip(names, found.tolist(), strict=True))


def fit_sentences(sets: Sequence[Sequence[Case]], names: Sequence[str]) -> Table:
    """Fit the weights of a sentence's features, on the sentences of the passages that hold the answer."""
    columns = [SENTENCE_FEATURES.index(name) for name in names]
    groups, weights = [], []
    for one in sets:
        for case in one:
            for place in np.flatnonzero(case.right)[:2]:
                rows = slice(case.features.starts[place], case.features.starts[place + 1])
                groups.append((case.features.sentences[rows][:, columns], case.right_sentences[rows]))
                weights.append(1 / len(one))
    return dict(zip(names, softmax_fit(groups, weights).tolist(), strict=True))


def with_offset(sets: Sequence[Sequence[Case]], table: Table) -> Table:
    """The weights, scaled and with an offset, so that the logistic of the score is the chance that a passage
    holds the answer. The order is unchanged."""
    values = np.concatenate([scores(case, table) for one in sets for case in one])
    right = np.concatenate([case.right for one in sets for case in one])
    weights = np.concatenate([np.full(len(case.right), 1 / len(one)) for one in sets for case in one])
    fitted = LogisticRegression(C=1e6).fit(values[:, None], right, sample_weight=weights / weights.mean())
    slope = float(fitted.coef_[0, 0])
    return {name: weight * slope for name, weight in table.items()} | {"offset": float(fitted.intercept_[0])}


def line(ranks: Sequence[int]) -> str:
    """Hits and mean reciprocal rank for the ranks of first right passages."""
    found = np.array(ranks)
    hits = " | ".join(f"{np.mean(found <= k):.3f}" for k in (1, 3, 10))
    return f"{hits} | {np.mean((found <= 10) / found):.3f}"


def cross_validated(sets: dict[str, list[Case]], names: Sequence[str], seed: int = 0) -> dict[str, list[int]]:
    """The rank of each question's first right passage, with weights fitted on the other folds of all sets."""
    folds = {name: folds_of([case.group for case in cases], FOLDS, seed) for name, cases in sets.items()}
    ranks = {name: [0] * len(cases) for name, cases in sets.items()}
    for fold in range(FOLDS):
        rest = [
            [case for case, one in zip(cases, folds[name], strict=True) if one != fold]
            for name, cases in sets.items()
        ]
        table = fit_passages(rest, names)
        for name, cases in sets.items():
            for place in np.flatnonzero(folds[name] == fold):
                ranks[name][place] = first_right(cases[place], scores(cases[place], table))
    return ranks


def report_ranking(sets: dict[str, list[Case]], names: Sequence[str]) -> None:
    """Print the cross-validation with its spread over five cuts, then the results for each set with weights
    of the others."""
    cuts = [cross_validated(sets, names, seed) for seed in range(5)]
    print("| set | weights of | hit@1 | hit@3 | hit@10 | MRR | MRR, lowest to highest of five cuts |")
    print("|---|---|---|---|---|---|---|")
    for name in sets:
        mrr = [np.mean([1 / rank if rank <= 10 else 0 for rank in cut[name]]) for cut in cuts]
        print(f"| {name} | other folds | {line(cuts[0][name])} | {min(mrr):.3f} to {max(mrr):.3f} |")
    for name, cases in sets.items() if len(sets) > 1 else ():
        table = fit_passages([other for key, other in sets.items() if key != name], names)
        ranks = [first_right(case, scores(case, table)) for case in cases]
        print(f"| {name} | other sets | {line(ranks)} | |")


def report_ablation(sets: dict[str, list[Case]], names: Sequence[str]) -> None:
    """Print the loss without each feature: MRR and hit@3, by set."""
    whole = cross_validated(sets, names)
    print(f"\n| without | {' | '.join(f'{name}: MRR, hit@3' for name in sets)} |")
    print("|---|" + "---|" * len(sets))

    def measures(ranks: list[int]) -> NDArray[np.float64]:
        found = np.array(ranks)
        return np.array([np.mean((found <= 10) / found), np.mean(found <= 3)])

    for left in names:
        less = cross_validated(sets, [name for name in names if name != left])
        lost = [measures(less[name]) - measures(whole[name]) for name in sets]
        print(f"| {left} | " + " | ".join(f"{one:+.3f}, {other:+.3f}" for one, other in lost) + " |")


def fit_read(sets: Sequence[Sequence[Page]]) -> Table:
    """Fit the weights of the features of a sentence that was read, against all others of the page; they
    determine the order of the passages too (`docs/reader.md`)."""
    groups, weights = [], []
    for pages in sets:
        for one in pages:
            rows = np.concatenate([one.read_rows(place) for place in one.readings])
            at = [row for place in one.readings for row in one.sentences(place)]
            groups.append((rows.astype(np.float32), one.case.right_sentences[at]))
            weights.append(1 / len(pages))
    return dict(zip(READ_FEATURES, softmax_fit(groups, weights).tolist(), strict=True)) | GIVEN_READ


def cross_validated_reading(sets: dict[str, list[Page]], seed: int) -> dict[str, list[int]]:
    """The same as `cross_validated`, for pages that were read."""
    folds = {name: folds_of([one.case.group for one in pages], FOLDS, seed) for name, pages in sets.items()}
    ranks = {name: [0] * len(pages) for name, pages in sets.items()}
    for fold in range(FOLDS):
        table = fit_read(
            [
                [one for one, of in zip(pages, folds[name], strict=True) if of != fold]
                for name, pages in sets.items()
            ]
        )
        for name, pages in sets.items():
            for place in np.flatnonzero(folds[name] == fold):
                ranks[name][place] = pages[place].reread(table).first_right
    return ranks


def report_reading(sets: dict[str, list[Page]]) -> None:
    """Print how the reader changes the order, with weights fitted on other folds, and the spread over five
    cuts."""
    cuts = [cross_validated_reading(sets, seed) for seed in range(5)]
    print("\n| set | read | hit@1 | hit@3 | hit@10 | MRR | hit@1, lowest to highest of five cuts |")
    print("|---|---|---|---|---|---|---|")
    for name, pages in sets.items():
        firsts = [np.mean(np.array(cut[name]) == 1) for cut in cuts]
        print(f"| {name} | no | {line([one.first_right for one in pages])} | |")
        print(f"| {name} | yes | {line(cuts[0][name])} | {min(firsts):.3f} to {max(firsts):.3f} |")


def pages_of(cases: Sequence[Case], table: Table, reader: Reader | None, name: str) -> list[Page]:
    """The cases' pages, with a progress bar if they are read."""
    if reader is None:
        return [page(case, table) for case in cases]
    return [page(case, table, reader) for case in track(cases, f"reading {name}")]


def main() -> None:
    """Fit, report, and save the weights if asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", nargs=3, action="append", required=True, dest="sets")
    parser.add_argument("--near", nargs=2, action="append", default=[])
    parser.add_argument("--learned", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    parser.add_argument("--figure", type=Path, help="draw reliability and refusals into this SVG file")
    parser.add_argument("--ablation", action="store_true", help="fit without each feature too")
    arguments = parser.parse_args()
    model = OnnxEmbedder()
    corpora = {name: Corpus.open(Path(home), model) for name, home, _ in arguments.sets}
    files = {name: Path(questions) for name, _, questions in arguments.sets}
    own = {name: list(corpora[name].own(files[name])) for name in corpora}
    learned = groups_in(arguments.learned) if arguments.learned else frozenset()
    said: dict[str, ReliabilityPoints] = {}
    refused: dict[str, list[float]] = {}
    passage: dict[str, Table] = {}
    sentence: dict[str, Table] = {}
    chances: dict[str, Chances] = {}
    read: list[str] = []
    for kind in (Signals.MEANING, Signals.WORDS):
        sets = {name: cases for name, cases in own.items() if cases[0].known == (kind is Signals.MEANING)}
        if not sets:
            continue
        print(f"\n## {kind}\n")
        report_ranking(sets, RANKING[kind])
        if arguments.ablation:
            report_ablation(sets, RANKING[kind])
        table = with_offset(list(sets.values()), fit_passages(list(sets.values()), RANKING[kind]))
        if kind is Signals.MEANING:
            table |= GIVEN
        elif Signals.MEANING in passage:
            table |= {name: passage[Signals.MEANING][name] for name in CARRIED}
        passage[kind] = table
        sentence[kind] = fit_sentences(list(sets.values()), SENTENCES[kind])
        others = {name: unanswerable(corpora, files, name, list(sets)) for name in sets}
        for name, path in arguments.near:
            if name in sets:
                others[name][NEAR_MISSES] = [
                    *others[name].get(NEAR_MISSES, ()),
                    *corpora[name].near(Path(path), name),
                ]
        readers: list[tuple[Signals, Reader | None]] = [(kind, None)]
        if kind is Signals.MEANING:
            readers.append((Signals.READING, packaged_reader()))
        for way, reader in readers:
            shown = {name: pages_of(cases, table, reader, name) for name, cases in sets.items()}
            unanswered = {
                name: {
                    what: pages_of(cases, table, reader, f"{name}, {what}") for what, cases in kinds.items()
                }
                for name, kinds in others.items()
            }
            if reader:
                readable = {name: measurable(found, learned) for name, found in shown.items()}
                shown = {name: found for name, found in readable.items() if len(found) > len(shown[name]) / 2}
                sentence[way] = fit_read(list(shown.values()))
                report_reading(shown)
                shown = {name: [one.reread(sentence[way]) for one in found] for name, found in shown.items()}
                unanswered = {
                    name: {
                        what: [one.reread(sentence[way]) for one in measurable(found, learned)]
                        for what, found in unanswered[name].items()
                    }
                    for name in shown
                }
                read = list(shown)
            print(f"\n### confidence, {way}")
            chances[way] = fit(shown, unanswered, way)
            report(shown, unanswered, cross_validated_confidence(shown, unanswered, way))
            for name, found in shown.items():
                said[name] = [sure(one, chances[way]) for one in found], [one.answered for one in found]
                refused[name] = [sure(one, chances[way]) for one in unanswered[name][FOREIGN]]
    if arguments.figure:
        draw(said, refused, read, arguments.figure)
    if arguments.write:
        kept = {"passage": passage, "sentence": sentence, "confidence": chances}
        rounded = json.loads(json.dumps(kept), parse_float=lambda x: round(float(x), 4))
        path = Path(__file__).parent.parent / "retrieval" / "ranking" / FILE
        path.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


def groups_in(path: Path) -> frozenset[str]:
    """The groups of a gzipped JSON Lines file of questions."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return frozenset(json.loads(line)["group"] for line in file)


def measurable(pages: Sequence[Page], learned: frozenset[str]) -> list[Page]:
    """The pages that were read and whose questions are on other articles than `learned`. A question that
    names a source is not read, and has the confidence for pages without a reader."""
    return [one for one in pages if one.readings and one.case.group not in learned]


def unanswerable(
    corpora: dict[str, Corpus], files: dict[str, Path], name: str, sets: Sequence[str]
) -> dict[str, list[Case]]:
    """The questions that a set's corpus can't answer, by kind."""
    found = {ABSENT: list(corpora[name].own(files[name], absent=True))}
    found[FOREIGN] = [
        case for other in sets if other != name for case in corpora[name].foreign(files[other], FOREIGN_COUNT)
    ]
    null = list(corpora[name].null(files[name]))
    found[FOREIGN] += [case for case in null if case.type == OFF_TOPIC]
    if near := [case for case in null if case.type != OFF_TOPIC]:
        found[NEAR_MISSES] = near
    return found


if __name__ == "__main__":
    main()
