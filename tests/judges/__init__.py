"""Independent judges: validators, a spreadsheet program, and what a refresh must leave alone."""
