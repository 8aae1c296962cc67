"""Delivers events and interactions to the app until they are acknowledged, by Socket Mode or HTTP."""
