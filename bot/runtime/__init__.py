"""Infrastructure of a long-running process: threads, queues, clocks, logs, locks."""
