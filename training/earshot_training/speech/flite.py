"""flite's American voices through its C libraries: slt, rms, awb (statistical), kal, kal16 (diphones)."""

import ctypes
from functools import cache

import numpy as np

BASE_PITCH_HZ = {"slt": 170, "rms": 100, "awb": 125, "kal16": 100, "kal": 100}


class _Wave(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_char_p), ("rate_hz", ctypes.c_int), ("count", ctypes.c_int), ("channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    ]  # fmt: skip


class _Voice(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("features", ctypes.c_void_p)]


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
    for part in ("libflite_usenglish.so.1", "libflite_cmulex.so.1"):
        ctypes.CDLL(part, mode=ctypes.RTLD_GLOBAL)
    library.flite_init()
    library.flite_text_to_wave.restype = ctypes.POINTER(_Wave)
    library.flite_text_to_wave.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    library.feat_set_float.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float]
    library.delete_wave.argtypes = [ctypes.c_void_p]
    return library


@cache
def _voice(name: str) -> int:
    _library()
    register = getattr(ctypes.CDLL(f"libflite_cmu_us_{name}.so.1"), f"register_cmu_us_{name}")
    register.restype, register.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    return register(None)


def speak(text: str, voice: str, stretch: float, pitch_hz: float, pitch_spread_hz: float) -> tuple[np.ndarray, int]:
    """int16 samples and their rate in Hz; stretch > 1 is slower."""
    library, handle = _library(), _voice(voice)
    features = ctypes.cast(handle, ctypes.POINTER(_Voice)).contents.features
    for name, value in (
        (b"duration_stretch", stretch),
        (b"int_f0_target_mean", pitch_hz),
        (b"int_f0_target_stddev", pitch_spread_hz),
    ):
        library.feat_set_float(features, name, value)
    wave = library.flite_text_to_wave(text.encode(), handle)
    samples = np.ctypeslib.as_array(wave.contents.samples, (wave.contents.count,)).copy()
    rate_hz = wave.contents.rate_hz
    library.delete_wave(wave)
    return samples, rate_hz
