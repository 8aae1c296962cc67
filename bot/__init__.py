"""Everything that people use: the terminal, Discord, Slack, and the query engine and administration behind
them."""
