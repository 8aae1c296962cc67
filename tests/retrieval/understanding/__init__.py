"""Tests of understanding a query."""
