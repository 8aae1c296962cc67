"""Replies to messages that are no questions, in their language."""

from bot.answers.small_talk import small_talk
from bot.chat.incoming_message import language_of
from bot.desk import browse
from bot.desk.desk import Desk
from bot.messages.catalogue import messages_for
from retrieval.question.remarks.remark import Remark
from retrieval.text.scripts import EAST


def reply_to(remark: Remark, text: str, desk: Desk, collections: tuple[str, ...]) -> str:
    """The reply to a remark, in the language of its text; `collections` are those that are searched, or all
    if it is empty."""
    searched = desk.held(collections or tuple(desk.collections))
    return small_talk(remark, browse.sources(searched), messages_for(message_language(text)))


def message_language(text: str) -> str:
    """The language of a message, empty for the default."""
    return language_of(text) or ("ja" if EAST.search(text) else "")  # 元気？ has no kana
