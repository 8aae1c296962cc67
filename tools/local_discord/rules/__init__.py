"""What Discord holds requests to: its own API description, and the limits that the description leaves out."""
