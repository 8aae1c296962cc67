"""Measurements behind the choices in DESIGN.md. Each runs by itself on a corpus that it is given."""
