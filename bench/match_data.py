"""Writes the matrices that bench_match searches: files of f32, row by row.

Usage: match_data.py FOLDER [quick]    makes FOLDER/fashion.rows, fashion.queries (784 columns, from
Debian's package dataset-fashion-mnist, where it is installed) and noise.rows, noise.queries (256
columns, isotropic: data without structure). fashion.rows.labels and fashion.queries.labels have a
byte for each. quick: a tenth of it all.
"""
import array
import gzip
import os
import random
import sys

FASHION = "/usr/share/datasets/fashion-mnist"
IMAGES = {"rows": "train-images-idx3-ubyte.gz", "queries": "t10k-images-idx3-ubyte.gz"}
LABELS = {"rows": "train-labels-idx1-ubyte.gz", "queries": "t10k-labels-idx1-ubyte.gz"}
HEAD_BYTES = 16
LABEL_HEAD_BYTES = 8
PIXELS = 28 * 28
NOISE = {"rows": 100000, "queries": 1000}
NOISE_COLUMNS = 256
CHUNK = 1 << 20


def write_fashion(folder, share):
    for name, source in IMAGES.items():
        with gzip.open(os.path.join(FASHION, source)) as images, \
                open(os.path.join(folder, f"fashion.{name}"), "wb") as out:
            head = images.read(HEAD_BYTES)
            left = int.from_bytes(head[4:8], "big") // share * PIXELS
            while left and (pixels := images.read(min(CHUNK, left))):
                array.array("f", list(pixels)).tofile(out)
                left -= len(pixels)


def write_labels(folder, share):
    for name, source in LABELS.items():
        with gzip.open(os.path.join(FASHION, source)) as labels, \
                open(os.path.join(folder, f"fashion.{name}.labels"), "wb") as out:
            head = labels.read(LABEL_HEAD_BYTES)
            out.write(labels.read(int.from_bytes(head[4:8], "big") // share))


def write_noise(folder, share):
    numbers = random.Random(1)
    for name, rows in NOISE.items():
        with open(os.path.join(folder, f"noise.{name}"), "wb") as out:
            for _ in range(rows // share):
                array.array("f", (numbers.gauss(0, 1) for _ in range(NOISE_COLUMNS))).tofile(out)


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    part = 10 if "quick" in sys.argv[2:] else 1
    if os.path.isdir(FASHION):
        write_fashion(sys.argv[1], part)
        write_labels(sys.argv[1], part)
    write_noise(sys.argv[1], part)
