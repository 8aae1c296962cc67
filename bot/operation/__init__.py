"""What an operator's own tools ask of a running bot: is it alive, can it answer, and figures."""
