"""What stands in a web page besides its text: what it says about itself, and what is no part of an article.

Of these, `boilerplate` alone is used outside of the worker process.
"""
