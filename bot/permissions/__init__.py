"""Who may see and look after which collections."""
