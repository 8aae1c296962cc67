"""What an English question asks for, and which sentences tell it."""
