"""The interface of a collection, which a search engine implements."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Protocol, Self

from corpus.article import Article, ArticleHeading
from retrieval.collection.candidates import Candidates
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import PassageFeatures
from retrieval.collection.source_counts import SourceCount
from retrieval.models.embedder import EncodedQuestion
from retrieval.question.names import Names
from retrieval.question.query import Query


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The passages that have a word in any form: how many there are, and the first of them."""

    count: int
    first: tuple[Passage, ...]


class Searchable(Protocol):
    """What ranking asks of one collection. Nothing in it changes; withdrawn articles are never found.

    Passages are known by numbers of their own. Any number of threads at a time.
    """

    @property
    def name(self) -> str:
        """The collection's name."""
        ...

    @property
    def generation(self) -> str:
        """A name that no other state of any collection has."""
        ...

    @property
    def names(self) -> Names:
        """Its sources and authors, as a question may name them."""
        ...

    @property
    def passage_count(self) -> int:
        """How many passages are searched, those of withdrawn articles among them."""
        ...

    def count(self, query: Query) -> int:
        """How many articles the query's filters let be found."""
        ...

    def passage(self, number: int) -> Passage:
        """The passage of that number."""
        ...

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """The passages within the query's filters that are worth ranking, those nearest in meaning and those
        that share most with its words, by their articles' ids and then by where they begin.

        `question` is what the model makes of the query; without it words alone decide.
        """
        ...

    def features(
        self, query: Query, question: EncodedQuestion | None, candidates: Candidates
    ) -> PassageFeatures:
        """What the words and the meaning of these passages, and of each of their sentences, say for them."""
        ...

    def occurrences(self, word: str, limit: int) -> Occurrences | None:
        """The passages of articles not withdrawn that have the word in any form, the first `limit` with
        their text. None for what is not one term, as in scripts without spaces."""
        ...


class Selection(Protocol):
    """Some articles of a collection, to be compared with many questions."""

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """Every passage of the articles that is within the query's filters, with the figures that the
        collection gives it, but for the last digits; in time that does not hang on the other articles."""
        ...


class Collection(Searchable, Protocol):
    """What is asked besides by what looks through a collection without a question."""

    @property
    def articles(self) -> Sequence[Article]:
        """Its articles by their ids, without the withdrawn ones; a text is read when its article is taken."""
        ...

    @property
    def headings(self) -> Sequence[ArticleHeading]:
        """The same without their texts: nothing is read for them."""
        ...

    @property
    def sources(self) -> Sequence[SourceCount]:
        """Each source of its articles, in no order."""
        ...

    @property
    def withdrawn(self) -> frozenset[str]:
        """The ids of articles that must not be found; they may be in it or not."""
        ...

    def without(self, withdrawn: frozenset[str]) -> Self:
        """The same, with these articles withdrawn and no others."""
        ...

    def article(self, article_id: str) -> Article | None:
        """The article of that id, unless it was withdrawn."""
        ...

    def version(self, article_id: str) -> str | None:
        """The version of the article of that id, withdrawn or not (`Article.version`); None where there is
        none."""
        ...

    def newer_than(self, earlier: Self) -> frozenset[str]:
        """The ids of its articles that an earlier state of it had not, or had in another version."""
        ...

    def select(self, article_ids: Set[str]) -> Selection:
        """Those of the articles that it has."""
        ...

    def latest(self, query: Query, limit: int) -> Sequence[Passage]:
        """The opening passages of up to `limit` articles within the query's filters, the newest first, the
        undated last; of equal age in the order of `articles`."""
        ...

    def titled(self, words: str, *, exact: bool = False) -> Iterator[Article]:
        """The articles whose title, or collection and id joined with a colon, hold the words, in the order of
        `articles`; with `exact` those whose title they are. `words` are casefolded, with one space between
        two."""
        ...

    def articles_with_phrase(self, phrases: Sequence[str], query: Query) -> Sequence[Article]:
        """The articles within the query's filters that have each of the phrases, the newest first, the
        undated last; of equal age in the order of `articles`. A phrase is some words side by side in one
        sentence or in the title, in any form (`retrieval.collection.phrases`); without phrases all are."""
        ...

    def pasted(self, text: str) -> Article | None:
        """The article whose address, or whose whole title, the text is (`PastedSearch`)."""
        ...
