"""Monitoring: health checks and Prometheus metrics."""
