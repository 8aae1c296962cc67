"""The desk: answers questions from the collections that it serves, and reloads them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.answer import Answer, Missing, NoAnswer, Quote, Searched
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import UsageCounter
from bot.desk.citation import LinkFor
from bot.desk.event_grouping import EventGrouping
from bot.desk.question_slots import QuestionSlots
from bot.desk.quoting import Quoter
from bot.desk.served_collections import Engine, Notice, ServedCollections, local_engine
from bot.desk.shared_embedder import SharedEmbedder
from bot.desk.unknown_name import unknown_name
from bot.measuring.meter import Counted, Meter, NoMeter, Timed
from corpus.article import Article, published_or_earliest
from corpus.errors import OverLimit, ReloadBusy, ReloadRefused
from corpus.plan import EVERYTHING, ReloadRequest
from retrieval.collection.collection import Collection
from retrieval.models.embedder import EncodedQuestion
from retrieval.models.model import Model
from retrieval.progress import ProgressCallback
from retrieval.question.anchors import Anchor, AnchorKind, anchors_of
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.evidence.anchoring import missing
from retrieval.ranking.page import Page, page_of, together
from retrieval.ranking.search import EncodedQuery, search
from retrieval.reading.reader import Reader
from retrieval.text.addresses import addresses
from retrieval.understanding.query_understanding import is_stable, understand
from retrieval.understanding.spelling import as_typed, truecased
from retrieval.understanding.unknown_language import unknown_language

if TYPE_CHECKING:
    from bot.corpus_admin.reload import ReloadReport


class Desk:
    """The query engine. Thread-safe; it answers as many questions at a time as there are cores (`slots`).
    Each question takes references to the collections once, so it sees one generation of each from beginning
    to end, even if a reload ends meanwhile."""

    def __init__(
        self,
        home: Home,
        model: Model,
        notice: Notice,
        reader: Reader | None = None,
        link_for: LinkFor | None = None,
        engine: Engine = local_engine,
        meter: Meter | None = None,
    ) -> None:
        """Nothing is read before `open`. `link_for` gives the link of a citation, by default the article's
        own address or its page in the home; `engine` builds the searched collection from a generation;
        `meter` counts reloads and newly opened generations."""
        self._home = home
        self._embedder, self._vocabulary = model.embedder, model.vocabulary
        self._reader = reader
        self._meter = meter or NoMeter()
        self._served = ServedCollections(home, model.embedder.model, notice, engine, self._on_new_generation)
        self.slots = QuestionSlots()
        self._events = EventGrouping(model.embedder, model.vocabulary)
        self.quoter = Quoter(link_for or home.pages.link_for)

    def open(self) -> bool:
        """Open what is published now. What can't be opened is reported, and its old generation stays served.
        Whether nothing is served that is older than what is published.

        Raises NothingToServe if no collection can be served at all.
        """
        return self._served.open()

    def before_serving(self, call: Callable[[], None]) -> None:
        """Register a callback for before a new generation is served; if it raises, the old one stays."""
        self._served.before_serving = call

    def refresh(self) -> bool:
        """Open what another process has published, and return quickly if nothing was. Whether nothing is
        served that is older than what was published before the call."""
        return self._served.refresh()

    @property
    def collections(self) -> Mapping[str, Collection]:
        """The served collections, by name."""
        return self._served.all

    def earlier(self, name: str, generation: str) -> Collection | None:
        """An earlier generation of a served collection; None if it is no longer kept."""
        return self._served.earlier(name, generation)

    def held(self, names: Sequence[str]) -> list[Collection]:
        """The collections of these names. Raises UnknownName if one is not served."""
        return self._served.named(names)

    def article(self, collection: str, article_id: str) -> Article | None:
        """The current article; None if it does not exist or was withdrawn."""
        held = self._served.all.get(collection)
        return held.article(article_id) if held else None

    def has_page(self, text: str, names: Sequence[str]) -> bool:
        """Whether one of the collections has the article of an address in the text. Raises UnknownName."""
        return any(one.at_address(address) for one in self.held(names) for address in addresses(text))

    def by_event(self, quotes: Sequence[Quote]) -> list[Quote]:
        """The first quote for each event that the articles report, with the citations of the others."""
        with self.slots:
            return self._events.grouped(quotes)

    def is_word(self, word: str) -> bool:
        """Whether the model knows the word, even if no article has it."""
        return self._vocabulary.is_word(word)

    def articles_with_phrase(
        self, query: Query, phrases: Sequence[str], *, about: bool = False
    ) -> list[Article]:
        """Every article within the query's filters that has each of the phrases, or with `about` is about
        each of them, the newest first.

        Raises UnknownName for a collection that is not there.
        """
        found = [
            one
            for held in self.held(query.collections)
            for one in held.articles_with_phrase(phrases, query, about=about)
        ]
        return sorted(found, key=published_or_earliest, reverse=True)

    def holding_any(self, query: Query, phrases: Sequence[str], *, about: bool = False) -> list[Article]:
        """Every article that has, or is about, at least one of the phrases, the newest first."""
        found = {
            article.key: article
            for phrase in phrases
            for article in self.articles_with_phrase(query, (phrase,), about=about)
        }
        return sorted(found.values(), key=published_or_earliest, reverse=True)

    def source_names(self, collections: Sequence[str]) -> dict[str, str]:
        """The names of all sources of these collections as articles write them, by their casefolded names.

        Raises UnknownName if a collection is not served.
        """
        return _source_names(self.held(collections))

    def chosen_source_names(self, query: Query) -> dict[str, str]:
        """The names of the sources that the query is restricted to, in the same form. A collection that is
        no longer served has none."""
        wanted, served = query.sources, self.collections
        held = (served[name] for name in query.collections if wanted and name in served)
        return {key: name for key, name in _source_names(held).items() if key in wanted}

    def searched(self, query: Query) -> Searched:
        """What a query would search, without searching. Raises UnknownName."""
        return _searched(query, self.held(query.collections))

    def check(self, query: Query) -> None:
        """Raises UnknownName for an unknown collection or source, without searching."""
        _check_sources(query, self.held(query.collections))

    def written(self, text: str, collections: Sequence[str]) -> str:
        """A lower-case text with its names spelled as in the articles of these collections; any other text
        unchanged. Raises UnknownName if a collection is not served."""
        return truecased(text, self.held(collections), self._vocabulary.is_word)

    def ask(
        self,
        query: Query,
        limit: int = PAGE,
        collections: tuple[str, ...] | None = None,
        *,
        per_article: int | None = None,
    ) -> Answer | NoAnswer:
        """The answer, with at most `limit` quotes, from these `collections` instead of the query's own.

        Raises UnknownName for a collection or a source that is not there.
        """
        query = query if collections is None else replace(query, collections=collections)
        held = self.held(query.collections)
        _check_sources(query, held)
        with self.slots:
            asked, *parts = self._understood(query, held, {})
            query = asked[0]
            if query.asks_separately:
                page = together([self._page(held, [part], limit, per_article) for part in parts], limit)
            else:
                page = self._page(held, [asked, *parts], limit, per_article)
        quotes = tuple(quote for hit in page.hits if (quote := self.quoter.quote(hit)).verbatim)
        searched = _searched(query, held)
        sources = {hit.passage.article.source for hit in page.hits}
        anchors = [anchor for query in page.queries for anchor in anchors_of(query)]
        lacking = (
            one
            for one in missing(anchors, [hit.passage for hit in page.hits])
            if not any(_is_called(source, one) for source in sources)
        )
        absent = tuple(Missing(one.kind, as_typed(one.words, query.text)) for one in lacking)
        if page.answers and quotes:
            return Answer(query, quotes, page.confidence, searched, absent, page.unanswered, sure=page.sure)
        return NoAnswer(query, quotes, page.confidence, searched, absent)

    def _page(
        self, held: Sequence[Collection], asked: Sequence[EncodedQuery], limit: int, per_article: int | None
    ) -> Page:
        (query, encoded), *parts = asked
        found = search(held, query, encoded, limit, per_article=per_article, parts=parts, reader=self._reader)
        return page_of(query, found, sum(collection.passage_count for collection in held))

    def understood(self, query: Query, known: dict[str, EncodedQuestion | None]) -> list[EncodedQuery]:
        """The resolved query and its parts, each with its embedding. `known` caches embeddings by text, and
        is extended.

        Raises UnknownName for a collection or a source that is not there.
        """
        held = self.held(query.collections)
        _check_sources(query, held)
        with self.slots:
            return self._understood(query, held, known)

    def is_stable(self, query: Query, understood: Query) -> bool:
        """Whether the query will be resolved the same way for the rest of its day, unless a new article
        brings a source or an author that it names."""
        return is_stable(query, understood, self.held(query.collections), self._vocabulary.is_word)

    def _understood(
        self, query: Query, held: Sequence[Collection], known: dict[str, EncodedQuestion | None]
    ) -> list[EncodedQuery]:
        query = understand(query, held, self._vocabulary.is_word)
        foreign = unknown_language(query.parsed.bare or query.text, self._vocabulary)
        parts = [query, *map(query.part, query.parsed.parts)]
        if query.asks_separately:
            parts[1:] = (understand(part, held, self._vocabulary.is_word) for part in parts[1:])
        parts = [replace(part, parsed=replace(part.parsed, foreign=foreign)) for part in parts]
        for words in {part.wording for part in parts} - known.keys():
            known[words] = self._encoded(words)
        return [(part, known[part.wording]) for part in parts]

    def reload(
        self,
        request: ReloadRequest = EVERYTHING,
        *,
        progress: ProgressCallback,
        usage: UsageCounter | None = None,
    ) -> "ReloadReport":
        """Reload the corpus as `bot.corpus_admin.reload.reload` does, and then answer from the new one;
        questions are answered meanwhile."""
        from bot.corpus_admin.reload import reload

        shared = SharedEmbedder(self._embedder, self.slots)
        try:
            report = reload(self._home, lambda: shared, request, progress=progress, usage=usage)
        except Exception as error:
            self._meter.count(Counted.RELOADS, _outcome(error))
            raise
        if not request.dry_run:
            self._meter.count(Counted.RELOADS, "published" if report.generations else "unchanged")
            self._meter.time(Timed.RELOAD, report.seconds)
            self.open()
        return report

    def _on_new_generation(self) -> None:
        self._meter.count(Counted.GENERATIONS)

    def _encoded(self, text: str) -> EncodedQuestion | None:
        return self._embedder.embed_question(text) if self._vocabulary.knows(text) else None


def _is_called(source: str, anchor: Anchor) -> bool:
    """Whether a source has that name: "Polygon" is not missing if a quote is from Polygon."""
    return anchor.kind is AnchorKind.NAME and set(anchor.sought) <= set(source.casefold().split())


def _outcome(error: Exception) -> str:
    if isinstance(error, ReloadBusy):
        return "busy"
    return "refused" if isinstance(error, ReloadRefused | OverLimit) else "failed"


def _check_sources(query: Query, collections: Sequence[Collection]) -> None:
    known = _source_names(collections)
    for name in sorted(query.sources - known.keys()):
        raise unknown_name("source", name, known)


def _source_names(collections: Iterable[Collection]) -> dict[str, str]:
    return {key: name for collection in collections for key, name in collection.names.sources.items()}


def _searched(query: Query, collections: Sequence[Collection]) -> Searched:
    newest = (source.newest for collection in collections for source in collection.sources)
    return Searched(
        collections=query.collections,
        articles=sum(len(collection.articles) for collection in collections),
        within_filters=sum(collection.count(query) for collection in collections),
        newest=max(filter(None, newest), default=None),
        generations=tuple(collection.generation for collection in collections),
    )
