"""Groups of training examples: a question with all of its windows, both those that answer it and rivals, near
misses and search results that do not.

From a group, a network learns which of a question's windows answers it, not only whether one does.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random

from retrieval.text.sentences import sentence_spans
from training.examples import Example
from training.near_misses import NearMisses, names
from training.nearest import Nearest
from training.rivals import anchored_question, anchors_of, contains_word, replace_word, rival, rival_windows
from training.sources import Row, Sentences, around, drawn, sentences
from training.windows import overlapping

ANCHORED = 0.75
"""The share of the questions whose anchors are used, or to which a time or place of their sentence is
added."""
TITLED = 0.4
"""The share of the groups whose windows begin with the document's first words, as the reader sees a title."""
FIRST_WORDS = 10
"""The words of a document's first sentence that are used as its title."""
FOUND = 0.6
"""The share of the questions without rivals that get a window from search; half of this for those with
rivals."""
RIVALS = 0.4
"""The share of SQuAD 2's answered questions that get a rival."""
NEAREST = 5
"""The number of search results from which one is drawn."""

Group = Sequence[Example]
Find = Callable[[Sequence[str]], Nearest]
"""Builds a search by meaning over texts."""


def qamr_groups(asked: Sequence[Row], per_sentence: int, find: Find, rng: Random) -> Iterator[Group]:
    """The groups of QAMR: at most `per_sentence` questions of each sentence."""
    known = sentences(asked)
    misses, near = NearMisses(known, rng), find(list(known.text.values()))
    for row in drawn(asked, per_sentence, rng):
        yield _titled(_qamr_group(row, known, misses, near, rng), _title(known, row.sentence), rng)


def _qamr_group(
    row: Row, known: Sentences, misses: NearMisses, near: Nearest, rng: Random
) -> Iterator[Example]:
    assert row.answer is not None
    window, at = around(known, row.sentence, rng)
    answer = at + row.answer[0], at + row.answer[1]
    sentence = at, at + len(row.context)
    anchored = (
        anchored_question(row.question, window, sentence, answer, rng) if rng.random() < ANCHORED else None
    )
    question = anchored.question if anchored else row.question
    made = list(rival_windows(anchored, window, answer, sentence, misses.all_names, rng)) if anchored else []
    for text, span in made:
        yield Example(question, text, span, row.group, "beside its rival" if span else "rival")
    if len(made) < 2:
        yield Example(question, window, answer, row.group, "question")
    yield from (one for one, _ in zip(misses.of(row, window), range(1), strict=False))
    if rng.random() < (FOUND / 2 if made else FOUND):
        said = row.context[slice(*row.answer)]
        found = [one for one in near.of(question, without=said, count=NEAREST) if one != row.context]
        if found:
            yield Example(question, rng.choice(found), None, row.group, "nearest")


def squad_groups(asked: Sequence[Row], find: Find, rng: Random) -> Iterator[Group]:
    """The groups of SQuAD 2: each question with windows of its paragraph and of others."""
    cut = {
        context: [context[slice(*span)] for span in overlapping(sentence_spans(context, "en"))]
        for context in sorted({row.context for row in asked})
    }
    near = find([window for windows in cut.values() for window in windows])
    pools: dict[str, set[str]] = defaultdict(set)
    for row in asked:
        pools[row.group].update(names(row.context))
    for row in asked:
        if row.answer:
            group = list(_answered(row, near, sorted(pools[row.group]), rng))
        else:
            mine = [one for one in near.of(row.question, without="\0", count=12) if one in cut[row.context]]
            group = [
                Example(row.question, one, None, row.group, "near miss")
                for one in (mine or cut[row.context])[: 1 + (rng.random() < RIVALS)]
            ]
        yield _titled(group, row.group.replace("_", " "), rng)


def _answered(row: Row, near: Nearest, pool: Sequence[str], rng: Random) -> Iterator[Example]:
    assert row.answer is not None
    start, end = row.answer
    holds = [
        one for one in overlapping(sentence_spans(row.context, "en")) if one[0] <= start and end <= one[1]
    ]
    if not holds:
        return
    span = rng.choice(holds)
    window, said = row.context[slice(*span)], row.context[start:end]
    yield Example(row.question, window, (start - span[0], end - span[0]), row.group, "question")
    own = [one for one in anchors_of(row.question) if contains_word(one, window) and one not in said]
    if own and rng.random() < RIVALS:
        anchor = rng.choice(own)
        other = rival(anchor, pool, window + row.question, rng)
        if other and rng.random() < 0.5:
            yield Example(row.question, replace_word(window, anchor, other), None, row.group, "rival")
        elif other:
            yield Example(replace_word(row.question, anchor, other), window, None, row.group, "rival asked")
    found = near.of(row.question, without=said, count=NEAREST)
    if found:
        yield Example(row.question, rng.choice(found), None, row.group, "nearest")


def _title(known: Sentences, sentence: str) -> str:
    first = known.of_document[sentence.rsplit(":", 2)[0]][0]
    return "" if first == sentence else " ".join(known.text[first].split()[:FIRST_WORDS])


def _titled(group: Sequence[Example] | Iterator[Example], title: str, rng: Random) -> Group:
    """The group; a random share of them gets the title before each window."""
    found = list(group)
    before = f"{title.strip().rstrip('.')}. " if title.strip() and rng.random() < TITLED else ""
    return [
        Example(
            one.question,
            before + one.window,
            (one.answer[0] + len(before), one.answer[1] + len(before)) if one.answer else None,
            one.group,
            one.kind,
        )
        for one in found
    ]


def batches(groups: Sequence[Group], size: int, pool: int, rng: Random) -> Iterator[list[Group]]:
    """All groups in random order, in batches of `size` windows or a few more. Within `pool` batches, groups
    of similar length are put together, which reduces padding."""
    mixed = list(groups)
    rng.shuffle(mixed)
    for at in range(0, len(mixed), size * pool):
        by_length = sorted(
            mixed[at : at + size * pool],
            key=lambda group: max((len(one.question) + len(one.window) for one in group), default=0),
        )
        cut: list[list[Group]] = [[]]
        for group in by_length:
            if sum(map(len, cut[-1])) >= size:
                cut.append([])
            cut[-1].append(group)
        rng.shuffle(cut)
        yield from cut


def kinds(groups: Sequence[Group]) -> dict[str, int]:
    """The number of windows of each kind."""
    return dict(Counter(one.kind for group in groups for one in group))
