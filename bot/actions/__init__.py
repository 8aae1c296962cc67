"""What people can do on every platform: tables of commands and buttons, and their handlers."""
