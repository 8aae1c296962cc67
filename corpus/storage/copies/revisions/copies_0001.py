"""The tables of the last format that has a number, made by `Schema.script`: there is nothing to do."""

revision = "copies_0001"
down_revision = None


def upgrade() -> None:
    """They are there."""
