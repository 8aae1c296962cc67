"""The tables of the last numbered format, which `Schema.script` creates; the revision itself does nothing."""

revision = "chats_0001"
down_revision = None


def upgrade() -> None:
    """Do nothing, as the tables exist."""
