"""Writes the matrices that bench_match searches: files of f32, row by row.

Usage: match_data.py FOLDER    makes FOLDER/fashion.rows, fashion.queries (784 columns, from
Debian's package dataset-fashion-mnist, where it is installed) and noise.rows, noise.queries (256
columns, isotropic: data without structure).
"""
import array
import gzip
import os
import random
import sys

FASHION = "/usr/share/datasets/fashion-mnist"
IMAGES = {"rows": "train-images-idx3-ubyte.gz", "queries": "t10k-images-idx3-ubyte.gz"}
HEAD_BYTES = 16
NOISE = {"rows": 100000, "queries": 1000}
NOISE_COLUMNS = 256
CHUNK = 1 << 20


def write_fashion(folder):
    for name, source in IMAGES.items():
        with gzip.open(os.path.join(FASHION, source)) as images, \
                open(os.path.join(folder, f"fashion.{name}"), "wb") as out:
            images.read(HEAD_BYTES)
            while pixels := images.read(CHUNK):
                array.array("f", list(pixels)).tofile(out)


def write_noise(folder):
    numbers = random.Random(1)
    for name, rows in NOISE.items():
        with open(os.path.join(folder, f"noise.{name}"), "wb") as out:
            for _ in range(rows):
                array.array("f", (numbers.gauss(0, 1) for _ in range(NOISE_COLUMNS))).tofile(out)


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    if os.path.isdir(FASHION):
        write_fashion(sys.argv[1])
    write_noise(sys.argv[1])
