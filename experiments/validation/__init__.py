"""What the model is held against: identities, closed forms, worked examples, targets, patterns.

Each file holds the checks of one kind; `registry` puts them in one list. A check is code that
anyone can run: it works its figure out from the model as it stands, and says what it ought to be.
"""
