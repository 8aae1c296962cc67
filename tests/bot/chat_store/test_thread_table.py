from bot.chat_store.chat_store import ChatStore
from tests.bot.service.people import (
    CITY,
    CITY_THREAD,
    TOWN,
)


def test_threads_that_the_bot_opened_are_remembered_with_their_tenant(chat_store: ChatStore) -> None:
    chat_store.threads.add(CITY_THREAD.tenant, "15")
    chat_store.threads.add(CITY_THREAD.tenant, "15")
    chat_store.threads.add(TOWN.tenant, "15")
    assert chat_store.threads.all() == {(CITY.tenant, "15"), (TOWN.tenant, "15")}
