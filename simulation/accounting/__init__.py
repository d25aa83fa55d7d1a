"""Keeping the books: who paid whom, what is owed, and proof that no penny is lost."""
