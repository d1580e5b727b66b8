"""How fast and how lean, as ratios to what a user would do instead, in one run."""
