"""The initial revision, for the tables of the last numbered format, which `Schema.script` creates."""

revision = "copies_0001"
down_revision = None


def upgrade() -> None:
    """Nothing to do: the tables exist."""
