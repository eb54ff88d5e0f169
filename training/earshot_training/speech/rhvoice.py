"""RHVoice's statistical English voices through its C library: a Scottish man (alan), an American man (bdl) and two
American women (clb, slt).

The package has two more voices whose terms forbid commercial use; they are not spoken with.
"""

import ctypes
from functools import cache

import numpy as np

_MISSING = "RHVoice does not start; apt-get install librhvoice5 rhvoice-english"
_Rate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
_Play = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_uint, ctypes.c_void_p)


class _Callbacks(ctypes.Structure):
    _fields_ = [("set_sample_rate", _Rate), ("play_speech", _Play), ("others", ctypes.c_void_p * 7)]


class _EngineSettings(ctypes.Structure):
    _fields_ = [
        ("data_path", ctypes.c_char_p), ("config_path", ctypes.c_char_p), ("resource_paths", ctypes.c_void_p),
        ("callbacks", _Callbacks), ("options", ctypes.c_uint),
    ]  # fmt: skip


class _VoiceSettings(ctypes.Structure):
    _fields_ = [
        ("profile", ctypes.c_char_p),
        ("absolute_rate", ctypes.c_double), ("absolute_pitch", ctypes.c_double), ("absolute_volume", ctypes.c_double),
        ("relative_rate", ctypes.c_double), ("relative_pitch", ctypes.c_double), ("relative_volume", ctypes.c_double),
        ("punctuation_mode", ctypes.c_int), ("punctuation_list", ctypes.c_char_p),
        ("capitals_mode", ctypes.c_int), ("flags", ctypes.c_int),
    ]  # fmt: skip


class _Engine:
    def __init__(self) -> None:
        try:
            self._library = ctypes.CDLL("libRHVoice.so.5")
        except OSError as error:
            raise RuntimeError(_MISSING) from error
        self._chunks: list[np.ndarray] = []
        self._rate_hz = 0
        callbacks = _Callbacks(_Rate(self._set_rate), _Play(self._play))
        self._settings = _EngineSettings(b"/usr/share/RHVoice", b"/etc/RHVoice", None, callbacks, 0)
        for name in ("RHVoice_new_tts_engine", "RHVoice_new_message"):
            getattr(self._library, name).restype = ctypes.c_void_p
        self._engine = ctypes.c_void_p(self._library.RHVoice_new_tts_engine(ctypes.byref(self._settings)))
        if not self._engine:
            raise RuntimeError(_MISSING)

    def _set_rate(self, rate_hz: int, _user_data) -> int:
        self._rate_hz = rate_hz
        return 1

    def _play(self, samples, count: int, _user_data) -> int:
        self._chunks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 1

    def speak(self, text: str, settings: _VoiceSettings) -> tuple[np.ndarray, int]:
        self._chunks.clear()
        encoded = text.encode()
        message = self._library.RHVoice_new_message(
            self._engine, encoded, ctypes.c_uint(len(encoded)), 0, ctypes.byref(settings), None
        )
        handle = ctypes.c_void_p(message)
        spoken = message is not None and self._library.RHVoice_speak(handle)
        self._library.RHVoice_delete_message(handle)
        if not spoken or not self._chunks:
            raise RuntimeError(f"RHVoice cannot say {text!r} as {settings.profile.decode()}")
        return np.concatenate(self._chunks), self._rate_hz


@cache
def _engine() -> _Engine:
    return _Engine()


def speak(text: str, voice: str, rate: float, pitch: float) -> tuple[np.ndarray, int]:
    """int16 samples and their rate in Hz (24 000); rate and pitch times the voice's own."""
    return _engine().speak(text, _VoiceSettings(voice.encode(), 0, 0, 0, rate, pitch, 1, 0, None, 0, 0))
