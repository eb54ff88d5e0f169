#!/bin/sh
# Makes the recordings of `earshot demo` again. Needs the Debian packages espeak-ng, flite and sox.
# One file a sentence, 16 kHz mono FLAC; the file name is a number and says nothing of what is spoken.
set -eu
cd "$(dirname "$0")"

spoken() { # FOLDER NUMBER COMMAND...: runs the command, which writes WAV to stdout, and stores it
  out="$1/$2.flac"
  shift 2
  "$@" | sox -t wav - -r 16000 -c 1 -b 16 "$out" gain -n -3 pad 0.2 0.3
}
english() { spoken en "$1" flite -voice "$2" -t "$3" -o /dev/stdout; }
french() { spoken fr "$1" espeak-ng -v "$2" -s "$3" --stdout "$4"; }

english 1 slt "turn on the lights in the kitchen"
english 2 rms "set the living room lights to forty five percent"
english 3 slt "close the bedroom blinds"
english 4 awb "set a timer for twenty five minutes"
english 5 rms "play some jazz in the living room"
english 6 slt "the weather was lovely when we walked along the river"
english 7 rms "stop the music"

french 1 fr-fr+f2 150 "allume la lumière de la cuisine"
french 2 fr-fr+m3 150 "règle les lumières du salon à quarante-cinq pour cent"
french 3 fr-be+f4 145 "ferme les volets de la chambre"
french 4 fr-fr+m7 150 "mets un minuteur de vingt-cinq minutes"
french 5 fr-fr+f2 150 "joue du jazz dans le salon"
french 6 fr-fr+m3 150 "nous avons marché longtemps au bord de la rivière"
french 7 fr-be+f4 145 "arrête la musique"
