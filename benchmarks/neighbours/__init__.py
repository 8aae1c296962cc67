"""Measures how long one community's questions and uploads wait while another community misbehaves."""
