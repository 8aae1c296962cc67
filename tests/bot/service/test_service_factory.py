from pathlib import Path

import pytest

import bot.service.service_factory
from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.service.service_factory import make_service
from corpus.errors import StoreUnusable
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.service.office import assert_all_closed
from tests.retrieval.snapshots import model_of


def test_a_service_that_can_t_be_made_leaves_nothing_open(
    home: Home, minilm: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[ChatStore] = []

    def one_only(place: Path) -> ChatStore:
        if made:
            raise StoreUnusable("too many open files")
        made.append(ChatStore(place))
        return made[0]

    monkeypatch.setattr(bot.service.service_factory, "ChatStore", one_only)
    with pytest.raises(StoreUnusable, match="too many"):
        make_service(home, Desk(home, model_of(minilm), print))
    assert_all_closed(home)
