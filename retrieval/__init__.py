"""Finding passages: splitting, embedding, FAISS, words, fusion, and the snapshot that answers."""
