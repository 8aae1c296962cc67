"""Documents that are more than a text: e-mails, PDF, Word, newsroom formats, archives."""
