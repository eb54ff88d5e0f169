"""Where things are: development data beside the repository, everything made by the recipe in training/out."""

import os
from pathlib import Path

TRAINING = Path(__file__).resolve().parents[1]
REPOSITORY = TRAINING.parent
WORK = Path(os.environ.get("EARSHOT_TRAINING_WORK", TRAINING / "out"))
DATA = Path(os.environ.get("EARSHOT_DATA", REPOSITORY.parent / "shared" / "data"))
MODEL = REPOSITORY / "models" / "embedded"
CHECKPOINTS = TRAINING / "checkpoints"
WAKE_HELD_OUT = TRAINING / "held-out" / "wake-en.txt"


def require(folder: Path, purpose: str) -> Path:
    """The folder, or an error that says what it is needed for."""
    if not folder.exists():
        raise SystemExit(f"{folder} is missing; {purpose}. Set EARSHOT_DATA to the folder that holds it.")
    return folder
