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
    """The passages that contain a word in any inflection: their number, and the first of them."""

    count: int
    first: tuple[Passage, ...]


class Searchable(Protocol):
    """What ranking needs of a collection. Immutable and thread-safe; withdrawn articles are never found.

    Passages are identified by numbers.
    """

    @property
    def name(self) -> str:
        """The collection's name."""
        ...

    @property
    def generation(self) -> str:
        """A unique name of this state of the collection."""
        ...

    @property
    def names(self) -> Names:
        """Its sources and authors, under the names that a question may use."""
        ...

    @property
    def passage_count(self) -> int:
        """The number of passages, including those of withdrawn articles."""
        ...

    def count(self, query: Query) -> int:
        """How many articles pass the query's filters."""
        ...

    def passage(self, number: int) -> Passage:
        """The passage of that number."""
        ...

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """The candidates for ranking within the query's filters, the nearest by vectors and the best by
        words, ordered by article id and position.

        `question` is the query's embedding; without it, only words count.
        """
        ...

    def features(
        self, query: Query, question: EncodedQuestion | None, candidates: Candidates
    ) -> PassageFeatures:
        """The features of these passages and of each of their sentences."""
        ...

    def occurrences(self, word: str, limit: int) -> Occurrences | None:
        """The passages that contain the word in any inflection, without withdrawn articles; the first `limit`
        with their text. None if the word is not a single term, as in scripts without spaces."""
        ...

    def at_address(self, address: str) -> Article | None:
        """The article with that address, under any of the addresses of its page
        (`corpus.web.page_key`)."""
        ...


class Selection(Protocol):
    """Some articles of a collection, for comparing with many questions."""

    def candidates(self, query: Query, question: EncodedQuestion | None) -> Candidates:
        """Every passage of the articles within the query's filters, with the collection's scores except for
        their last digits; the time does not depend on other articles."""
        ...


class Collection(Searchable, Protocol):
    """A collection that can also be browsed without a question."""

    @property
    def articles(self) -> Sequence[Article]:
        """Its articles ordered by id, without withdrawn ones; a text is read when its article is accessed."""
        ...

    @property
    def headings(self) -> Sequence[ArticleHeading]:
        """The headings of `articles`, without reading texts."""
        ...

    @property
    def sources(self) -> Sequence[SourceCount]:
        """The sources of its articles, unordered."""
        ...

    @property
    def withdrawn(self) -> frozenset[str]:
        """The ids of withdrawn articles, whether or not they are in it."""
        ...

    def without(self, withdrawn: frozenset[str]) -> Self:
        """A copy with exactly these articles withdrawn."""
        ...

    def article(self, article_id: str) -> Article | None:
        """The article with that id, unless it is withdrawn."""
        ...

    def version(self, article_id: str) -> str | None:
        """The version of the article with that id, withdrawn or not (`Article.version`); None if there is
        none."""
        ...

    def newer_than(self, earlier: Self) -> frozenset[str]:
        """The ids of articles that are new or changed since an earlier state."""
        ...

    def select(self, article_ids: Set[str]) -> Selection:
        """A selection of these articles, as far as they exist."""
        ...

    def latest(self, query: Query, limit: int) -> Sequence[Passage]:
        """The opening passages of up to `limit` articles within the query's filters, newest first, undated
        last; ties in the order of `articles`."""
        ...

    def titled(self, words: str, *, exact: bool = False) -> Iterator[Article]:
        """The articles whose title, or `COLLECTION:ID`, contains the words, in the order of `articles`; with
        `exact`, those whose title equals them. `words` are casefolded and separated by single spaces."""
        ...

    def articles_with_phrase(
        self, phrases: Sequence[str], query: Query, *, about: bool = False
    ) -> Sequence[Article]:
        """The articles within the query's filters that contain each of the phrases, newest first, undated
        last; ties in the order of `articles`. A phrase is adjacent words in one sentence or in the title, in
        any inflection; with `about`, the article must be about each of them and not only mention it
        (`retrieval.collection.phrases`). Without phrases, all articles."""
        ...

    def pasted(self, text: str) -> Article | None:
        """The article whose address or complete title is the text (`TitleAndUrlIndex`)."""
        ...
