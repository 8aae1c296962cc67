"""The desk: answers questions from the snapshots that it holds, and takes on new ones."""
