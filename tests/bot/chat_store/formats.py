"""A file of chats as an older Newsdesk would have left it."""

from bot.chat_store.chat_store import ChatStore

AFTER = {
    7: (
        "ALTER TABLE answers DROP COLUMN private",
        "ALTER TABLE answers DROP COLUMN answered",
        "ALTER TABLE events DROP COLUMN owner",
        "ALTER TABLE events DROP COLUMN shown",
        "DROP TABLE processes",
        "DROP TABLE paces",
    ),
    6: (
        "DROP TABLE standing",
        "DROP TABLE standing_found",
        "DROP TABLE standing_postings",
        "DROP TABLE standing_looked",
    ),
    4: ("DROP INDEX answers_of_question", "ALTER TABLE answers DROP COLUMN question"),
    3: ("DROP TABLE questions",),
    1: ("DROP TABLE reservations",),
}
"""What came after each format."""


def as_of(chat_store: ChatStore, number: int) -> None:
    """Give a file of today the tables of an older format."""
    for after, statements in AFTER.items():
        for statement in statements if number <= after else ():
            chat_store.rows(statement)
    chat_store.rows(f"PRAGMA user_version = {number}")
