"""Fetching from the web: allowed addresses, robots.txt, and a cache."""
