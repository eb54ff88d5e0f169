"""The sentences that the synthesisers speak: commands of many kinds, names, numbers, free phrases."""
