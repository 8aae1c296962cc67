"""Kinds of documents that are more than their text: e-mails, PDF, Word, what newsrooms exchange, archives."""
