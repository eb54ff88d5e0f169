"""Synthesisers that speak the sentences, each a callable from a request to samples, and the corpus they fill."""
