"""The names of readers in the settings, besides folders and models of the hub."""

PACKAGED_READER = "packaged"
"""The reader that is installed with Newsdesk."""
NO_READER = "none"
