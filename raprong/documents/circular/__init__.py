"""หนังสือเวียน: a memorandum with a ว number to everyone it names."""
