"""What passages have of a question: its anchors, and the words of a Korean or Japanese one."""
