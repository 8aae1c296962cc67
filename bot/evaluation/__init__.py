"""Measuring the quality of answers on a corpus and questions of one's own."""
