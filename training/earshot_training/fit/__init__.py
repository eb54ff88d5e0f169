"""Augmentation, batches and the training loop."""
