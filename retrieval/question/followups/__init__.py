"""Completing follow-up questions with what was asked before."""
