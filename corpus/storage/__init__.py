"""What is kept on disk, and how: databases with migrations, files that survive a crash."""
