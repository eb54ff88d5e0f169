#!/bin/sh
# Makes models/embedded/{g2p,lexicon}-{en,fr}.* and the held-out lists, from Debian packages and espeak-ng.
# Needs: Debian with apt-get, libespeak-ng1, training/.venv (torch, numpy), npm ci. About 30 minutes on one core.
set -eu
cd "$(dirname "$0")"
python=../.venv/bin/python
$python label.py
$python sentences.py
$python heldout.py
for language in en fr; do
  $python train.py $language
  $python export.py $language
done
cd ../..
npx tsx training/pronunciation/pack-lexicon.ts
