"""Benchmarks that justify the choices in DESIGN.md. Each can be run alone, on a given corpus."""
