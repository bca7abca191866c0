"""Theme: appearance, colours, reduced motion, language and texts."""
