"""Export: write models, images of parts and lists of skipped files. No Qt."""
