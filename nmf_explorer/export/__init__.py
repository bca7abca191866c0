"""Step 3 of the journey: the model becomes files that people keep. No Qt."""
