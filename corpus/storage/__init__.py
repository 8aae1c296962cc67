"""Storage: databases with migrations, and files that survive a crash."""
