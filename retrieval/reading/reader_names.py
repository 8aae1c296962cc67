"""The words that the setting for the reader knows, besides folders and names of the model hub."""

PACKAGED_READER = "packaged"
"""The reader that is installed with Newsdesk."""
NO_READER = "none"
