"""What a model is worth: commands of people under a known grammar, digits, wake words, French phones."""
