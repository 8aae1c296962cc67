"""How long text is kept that is not served any more."""

from datetime import UTC, datetime

from bot.corpus_admin.embedding_cache import text_hash
from bot.corpus_admin.home import Home
from corpus.storage.store import Store
from retrieval.generations.pruning import drop_replaced


def expire(home: Home, store: Store, now: datetime | None = None) -> int:
    """Erase what has not been served for `home.keep`: generations, versions of articles and vectors. How many
    of the latter two went. Hold the home's lock. Raises OSError, HomeUnusable, StoreUnusable, ReloadBusy.

    The bound is a midnight, so that the store is written anew once a day at most.
    """
    moment = (now or datetime.now(UTC)) - home.keep
    before = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    versions, texts = [], []
    for name in home.collections():
        generation_store = home.generation_store(name)
        drop_replaced(generation_store, before)
        versions += [(name, article.id, article.version()) for article in generation_store.served_articles()]
        texts += [text_hash(text) for text in generation_store.served_texts()]
    gone = store.expire(versions, texts, before)
    if gone:
        store.scrub()
    return gone
