from bot.chat_store.chat_store import ChatStore


def test_a_name_is_reserved_once_and_by_nobody_whom_it_does_not_belong_to(chat_store: ChatStore) -> None:
    chat_store.bindings.bind("discord", "100", "city")
    assert not chat_store.reservations.reserve("discord", "200", "city")
    assert chat_store.reservations.reserve("discord", "200", "town")
    assert not chat_store.reservations.reserve("discord", "300", "town")
    assert not chat_store.reservations.reserve("discord", "200", "town")
    assert chat_store.bindings.all()["town"] == {("", "")}  # seen by nobody yet
    chat_store.reservations.settle("town", keep=False)
    assert "town" not in chat_store.bindings.all()
    assert chat_store.reservations.reserve("discord", "300", "town")
    chat_store.reservations.settle("town", keep=True)
    assert chat_store.bindings.all()["town"] == {("", ""), ("discord", "300")}
    assert chat_store.reservations.all() == {}
