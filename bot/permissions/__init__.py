"""Who may see, ask and look after what: rights, settings and limits of each place."""
