"""Tools for developing Newsdesk that are no part of it."""
