"""What the adapters of all platforms share: each event is carried out exactly once, and gets a reply."""
