"""Step 4 of the journey: what is open now. QtCore only, no widgets."""
