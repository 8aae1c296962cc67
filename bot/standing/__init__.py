"""Standing questions: what is new for them is found after each publication, and posted where they are."""
