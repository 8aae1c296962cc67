"""Value types of answers and quotes, and the wording around them."""
