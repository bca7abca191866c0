"""Images: arrays drawn as images, image lists and pixel markers."""
