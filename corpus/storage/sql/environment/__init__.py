"""What Alembic asks for beside the scripts."""
