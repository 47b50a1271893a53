"""What the parse of a sentence says, shared by reading and comparing: clauses, subjects, negation (pure)."""
