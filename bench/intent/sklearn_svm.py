"""TF-IDF of words and parts of words, then a linear SVM: what scikit-learn makes of the same sentences.

Usage: sklearn_svm.py TRAIN.tsv TEST.tsv [STRANGERS.tsv]; prints one line of JSON.
"""

import json
import resource
import sys
import time

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC


def read(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf8") if line.strip()]
    return [row[0] for row in rows], [row[1] for row in rows]


labels, texts = read(sys.argv[1])
wanted, asked = read(sys.argv[2])
started = time.process_time()
model = make_pipeline(
    make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    ),
    LinearSVC(),
)
model.fit(texts, labels)
trained = time.process_time()
scores = model.decision_function(asked)
took = time.process_time() - trained
best = scores.max(axis=1)
right = model.classes_[scores.argmax(axis=1)] == np.array(wanted)
result = {
    "accuracy": float(right.mean()),
    "trainCpuS": trained - started,
    "cpuMs": 1000 * took / len(asked),
    "memoryMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}
if len(sys.argv) > 3:
    least = np.quantile(best, 0.05)
    _, strangers = read(sys.argv[3])
    result["strangersRejected"] = float((model.decision_function(strangers).max(axis=1) < least).mean())
print(json.dumps(result))
