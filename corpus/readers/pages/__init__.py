"""Finds the article of a web page, its metadata, and what is not part of it.

Of these modules, only `boilerplate` is used outside of the worker process.
"""
