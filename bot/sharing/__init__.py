"""Many processes on one database: who is there, who does what one alone does, and limits over all."""
