"""What a question gets, as values: answers and quotes, and the words around them."""
