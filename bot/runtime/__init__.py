"""What a process that runs for months needs: threads, queues, clocks, logs, locks."""
