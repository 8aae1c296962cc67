"""Discord's rules for requests: its API description, and limits that the description leaves out."""
