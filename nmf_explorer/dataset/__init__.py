"""Step 1 of the journey: files become a matrix. numpy and Pillow; no Qt."""
