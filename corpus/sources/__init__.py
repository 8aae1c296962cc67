"""Sources: files, folders, feeds, sitemaps and pages, each read as a stream of articles."""
