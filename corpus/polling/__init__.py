"""When sources are polled, and polling many at once."""
