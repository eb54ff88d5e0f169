"""The recipe that makes Earshot's embedded speech model. Start with `python -m earshot_training --help`."""
