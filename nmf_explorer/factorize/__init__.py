"""Step 2 of the journey: the matrix becomes a model. numpy; no Qt."""
