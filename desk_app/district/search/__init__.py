"""Finding dossiers by an index that holds no readable word: what it holds, how it is kept, asked and walked."""
