"""Fit `retrieval/ranking/weights.json`, and show what each feature is worth.

    python -m benchmarks.ranking --set NAME HOME QUESTIONS [--set ...] [--ablation] [--write] [--figure SVG]

Each set is a home with one corpus and its questions with evidence. Sets whose language the model knows fit
one table, the others another. All figures are of five-fold cross-validation, the folds cut by article; then
of each set with weights fitted on the others alone. With --write, the weights fitted on all are kept.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from benchmarks.cases import Case, Corpus
from benchmarks.judging import ECE_BINS, calibration_error, first_right, folds_of, page_of
from benchmarks.reliability import Judged, draw
from retrieval.collection.passage_features import SENTENCE_FEATURES
from retrieval.models.sentence_transformer import SentenceTransformerEmbedder
from retrieval.ranking.anchoring import ANCHORING
from retrieval.ranking.confidence import figures, product
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.search import rivals_of
from retrieval.ranking.weights import FILE

FOLDS = 5
RIDGE = 1e-3
"""Penalty on squared weights of features scaled to a standard deviation of 1. 1e-4, 1e-3 and 1e-2 gave NewsQA
an MRR of 0.797, 0.797 and 0.795 and RealTimeQA 0.819, 0.818 and 0.824."""
RANKING = {
    "known": (
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
    "words": ("words", "coverage", "title_coverage", "pair_coverage", "lead"),
}
"""The features that rank: what backward elimination left (`docs/retrieval.md`)."""
CARRIED = ("fresh", "dated", "source", "titled")
"""Features that none of the sets without a known language has; they weigh there what they weigh elsewhere."""
SENTENCES = {
    "known": SENTENCE_FEATURES,
    "words": ("coverage", "pair_coverage", "phrases", "place", "lead", "length", "news"),
}
CONFIDENCE = {
    "known": {"subject": ("score", "size", "source", "missed"), "answer": ("lead", "size", "source")},
    "words": {"subject": ("score", "coverage"), "answer": ("lead",)},
}
"""The figures of each chance that confidence is the product of."""
ABSENT = "own, article taken out"
FOREIGN = 120
"""Questions of each other set that are asked of a corpus."""
FOREIGN_SHARE = 0.1
"""What a set's foreign questions weigh against its own ones. At 0.2 SQuAD 2's calibration error is 0.055, and
no more of NewsQA's foreign questions are refused (0.96)."""
ABSENT_SHARE = 0.03
"""What own questions without their articles weigh. With more of them the calibration error grows on
MultiHop-RAG (0.035 at 0.03, 0.082 at 0.1), and few more of them are refused there (0.15, 0.19)."""
LOOSENESS = {"subject": 1.0, "answer": 0.1}
"""Inverse penalty on the squared weights of each chance's figures, scaled to a standard deviation of 1. At 10
citing a source, which only MultiHop-RAG's questions do, made an answer certain; at 0.01 the calibration error
of SQuAD 2 and MultiHop-RAG is 0.058 and 0.069 (0.038, 0.044 at 0.1)."""

Table = dict[str, float]
Floats = NDArray[np.float64]


def softmax_fit(
    groups: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]], weights: Sequence[float]
) -> Floats:
    """The weights under which each right row has the largest share of its softmax with the wrong rows of its
    group: all pieces of evidence count, not only the one that is found most easily."""
    kept = [(rows, right, by) for (rows, right), by in zip(groups, weights, strict=True) if right.any()]
    scale = np.concatenate([rows for rows, _, _ in kept]).std(axis=0) + 1e-9
    races, shares = [], []
    for rows, right, by in kept:
        for winner in np.flatnonzero(right):
            races.append(np.concatenate([rows[winner : winner + 1], rows[~right]]) / scale)
            shares.append(by / right.sum())
    values = np.concatenate(races)
    firsts = np.cumsum([0, *(len(race) for race in races[:-1])])
    owner = np.repeat(np.arange(len(races)), [len(race) for race in races])
    share = np.array(shares) / sum(shares)

    def loss(guess: Floats) -> tuple[float, Floats]:
        scores = values @ guess
        highest = np.maximum.reduceat(scores, firsts)
        powers = np.exp(scores - highest[owner])
        whole = np.add.reduceat(powers, firsts)
        slope = (share[owner] * powers / whole[owner]) @ values - share @ values[firsts]
        value = float(share @ (np.log(whole) + highest - scores[firsts]) + RIDGE * guess @ guess)
        return value, np.asarray(slope + 2 * RIDGE * guess)

    found = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


def fit_passages(sets: Sequence[Sequence[Case]], names: Sequence[str]) -> Table:
    """What each feature of a passage weighs, every set counting the same."""
    columns = [PASSAGE_FEATURES.index(name) for name in names]
    groups = [(case.features.passages[:, columns], case.right) for one in sets for case in one]
    found = softmax_fit(groups, [1 / len(one) for one in sets for _ in one])
    return dict(zip(names, found.tolist(), strict=True))


def fit_sentences(sets: Sequence[Sequence[Case]], names: Sequence[str]) -> Table:
    """What each feature of a sentence weighs, among the sentences of the passages that hold the answer."""
    columns = [SENTENCE_FEATURES.index(name) for name in names]
    groups, weights = [], []
    for one in sets:
        for case in one:
            for place in np.flatnonzero(case.right)[:2]:
                rows = slice(case.features.starts[place], case.features.starts[place + 1])
                groups.append((case.features.sentences[rows][:, columns], case.right_sentences[rows]))
                weights.append(1 / len(one))
    return dict(zip(names, softmax_fit(groups, weights).tolist(), strict=True))


def scores(case: Case, table: Table) -> Floats:
    """The weighed features of a case's passages."""
    weights = np.array([table.get(name, 0.0) for name in PASSAGE_FEATURES])
    return np.asarray(case.features.passages @ weights)


def with_offset(sets: Sequence[Sequence[Case]], table: Table) -> Table:
    """The same order, scaled and moved so that its logistic is the chance that a passage holds the answer."""
    values = np.concatenate([scores(case, table) for one in sets for case in one])
    right = np.concatenate([case.right for one in sets for case in one])
    weights = np.concatenate([np.full(len(case.right), 1 / len(one)) for one in sets for case in one])
    fitted = LogisticRegression(C=1e6).fit(values[:, None], right, sample_weight=weights / weights.mean())
    slope = float(fitted.coef_[0, 0])
    return {name: weight * slope for name, weight in table.items()} | {"offset": float(fitted.intercept_[0])}


def figures_of(case: Case, table: Table) -> Table:
    """What `retrieval.ranking.confidence.figures_of` takes from what was found, from a case."""
    values = scores(case, table) + table["offset"]
    page = page_of(case, values)[:PAGE]
    return figures(
        float(values[page].max()),
        rivals_of(np.sort(values)[::-1].tolist()),
        float(case.features.passages[page, PASSAGE_FEATURES.index("coverage")].max()),
        case.passages,
        cites=case.cites_source,
        misses=bool(case.missed[page].all()),
        anchors=case.features.passages[page][:, [PASSAGE_FEATURES.index(name) for name in ANCHORING]],
    )


Group = tuple[float, Sequence[Case], Sequence[bool]]
"""Cases, what all of them weigh, and what of each is to be foretold."""


def logistic(groups: Sequence[Group], table: Table, names: Sequence[str], looseness: float) -> Table:
    """The logistic regression of what is to be foretold on these figures."""
    rows, right, weights = [], [], []
    for mass, cases, outcomes in groups:
        for case, outcome in zip(cases, outcomes, strict=True):
            found = figures_of(case, table)
            rows.append([found[name] for name in names])
            right.append(outcome)
            weights.append(mass / len(cases))
    values = np.array(rows)
    spread = values.std(axis=0)
    # A figure that all share, as the size where all corpora are small, says nothing: it stays as it is.
    scale = np.where(spread > 1e-9, spread, 1.0)
    model = LogisticRegression(C=looseness, max_iter=3000)
    model.fit(values / scale, right, sample_weight=np.array(weights) / np.mean(weights))
    slopes = model.coef_[0] / scale
    return dict(zip(names, slopes.tolist(), strict=True)) | {"offset": float(model.intercept_[0])}


def is_answered(case: Case, table: Table) -> bool:
    """Whether one of the first three passages holds the answer."""
    return first_right(case, scores(case, table)) <= PAGE


def fit_confidence(
    own: Sequence[Sequence[Case]], others: Sequence[tuple[float, Sequence[Case]]], table: Table, kind: str
) -> dict[str, Table]:
    """The chances that the corpus speaks of the subject, and that the answer is shown then."""
    names = CONFIDENCE[kind]
    spoken: list[Group] = [(1.0, cases, [True] * len(cases)) for cases in own]
    spoken += [(mass, cases, [False] * len(cases)) for mass, cases in others if cases]
    shown: list[Group] = [(1.0, cases, [is_answered(case, table) for case in cases]) for cases in own]
    return {
        name: logistic(groups, table, names[name], LOOSENESS[name])
        for name, groups in (("subject", spoken), ("answer", shown))
    }


def sure(case: Case, table: Table, confidence: dict[str, Table]) -> float:
    """The confidence that a case's first page gets."""
    return product(confidence, figures_of(case, table))


def line(ranks: Sequence[int]) -> str:
    """Hits and mean reciprocal rank of the ranks of first right passages."""
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
    """Cross-validation with its spread over five cuts, then each set left out."""
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
    """What is lost without each feature: MRR and hit@3, by set."""
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


Others = dict[str, dict[str, list[Case]]]
"""By set and kind, the questions that its corpus can't answer."""


def masses(others: Others) -> list[tuple[float, list[Case]]]:
    """What those that are fitted on weigh."""
    shares = {"foreign": FOREIGN_SHARE, ABSENT: ABSENT_SHARE}
    return [(share, kinds[kind]) for kinds in others.values() for kind, share in shares.items()]


def cross_validated_confidence(
    own: dict[str, list[Case]], others: Others, table: Table, kind: str
) -> dict[str, list[float]]:
    """Each own question's confidence, fitted on the other folds: no article, and no question, is in both."""
    every = [*own.values(), *(cases for kinds in others.values() for cases in kinds.values())]
    names = sorted({case.group for cases in every for case in cases})
    fold = dict(zip(names, folds_of(names, FOLDS, 0).tolist(), strict=True))
    said = {name: [0.0] * len(cases) for name, cases in own.items()}
    for held in range(FOLDS):
        rest = [[case for case in cases if fold[case.group] != held] for cases in own.values()]
        apart = {
            name: {
                what: [case for case in cases if fold[case.group] != held] for what, cases in kinds.items()
            }
            for name, kinds in others.items()
        }
        confidence = fit_confidence(rest, masses(apart), table, kind)
        for name, cases in own.items():
            for place, case in enumerate(cases):
                if fold[case.group] == held:
                    said[name][place] = sure(case, table, confidence)
    return said


def report_confidence(
    own: dict[str, list[Case]],
    others: Others,
    table: Table,
    confidence: dict[str, Table],
    held: dict[str, list[float]],
) -> None:
    """Calibration and refusals, by set, with the weights of all; the error with those of other folds too."""
    print(
        f"\n| set | questions | right in three | mean | calibration error ({ECE_BINS} bins) | other folds' |"
    )
    print("|---|---|---|---|---|---|")
    for name, cases in own.items():
        values = [sure(case, table, confidence) for case in cases]
        right = [is_answered(case, table) for case in cases]
        print(
            f"| {name} | {len(cases)} own | {np.mean(right):.3f} | {np.mean(values):.3f} "
            f"| {calibration_error(values, right):.3f} | {calibration_error(held[name], right):.3f} |"
        )
    print("\n| set | unanswerable | refused where 0.92 of the own are answered | at 0.90 |")
    print("|---|---|---|---|")
    for name, kinds in others.items():
        mine = [sure(case, table, confidence) for case in own[name]]
        for what, cases in kinds.items():
            theirs = np.array([sure(case, table, confidence) for case in cases])
            shares = [np.mean(theirs < np.quantile(mine, 1 - part)) for part in (0.92, 0.9)]
            print(f"| {name} | {len(cases)} {what} | {shares[0]:.3f} | {shares[1]:.3f} |")


def main() -> None:
    """Fit, report, and keep the weights where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", nargs=3, action="append", required=True, dest="sets")
    parser.add_argument("--write", action="store_true", help="keep the weights")
    parser.add_argument("--figure", type=Path, help="draw reliability and refusals into this SVG file")
    parser.add_argument("--ablation", action="store_true", help="fit without each feature too")
    arguments = parser.parse_args()
    model = SentenceTransformerEmbedder()
    corpora = {name: Corpus.open(Path(home), model) for name, home, _ in arguments.sets}
    files = {name: Path(questions) for name, _, questions in arguments.sets}
    own = {name: list(corpora[name].own(files[name])) for name in corpora}
    said: dict[str, Judged] = {}
    refused: dict[str, list[float]] = {}
    kept: dict[str, dict[str, Table]] = {"passage": {}, "sentence": {}}
    chances: dict[str, dict[str, Table]] = {}
    for kind in ("known", "words"):
        sets = {name: cases for name, cases in own.items() if cases[0].known == (kind == "known")}
        if not sets:
            continue
        print(f"\n## {kind}\n")
        report_ranking(sets, RANKING[kind])
        if arguments.ablation:
            report_ablation(sets, RANKING[kind])
        table = with_offset(list(sets.values()), fit_passages(list(sets.values()), RANKING[kind]))
        if kind == "words" and "known" in kept["passage"]:
            table |= {name: kept["passage"]["known"][name] for name in CARRIED}
        others: Others = {name: {} for name in sets}
        for name in sets:
            if null := list(corpora[name].null(files[name])):
                others[name]["near misses"] = null
            others[name][ABSENT] = list(corpora[name].own(files[name], absent=True))
            foreign = [
                case
                for other in sets
                if other != name
                for case in corpora[name].foreign(files[other], FOREIGN)
            ]
            others[name]["foreign"] = foreign
        confidence = fit_confidence(list(sets.values()), masses(others), table, kind)
        held = cross_validated_confidence(sets, others, table, kind)
        report_confidence(sets, others, table, confidence, held)
        for name, cases in sets.items():
            right = [is_answered(case, table) for case in cases]
            said[name] = [sure(case, table, confidence) for case in cases], right
            refused[name] = [sure(case, table, confidence) for case in others[name]["foreign"]]
        kept["passage"][kind] = table
        kept["sentence"][kind] = fit_sentences(list(sets.values()), SENTENCES[kind])
        chances[kind] = confidence
    if arguments.figure:
        draw(said, refused, arguments.figure)
    if arguments.write:
        rounded = json.loads(
            json.dumps(kept | {"confidence": chances}), parse_float=lambda x: round(float(x), 4)
        )
        path = Path(__file__).parent.parent / "retrieval" / "ranking" / FILE
        path.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
