"""Says which pairs of files are not the same program: reads lines `ORIGINAL<tab>CHANGED`, prints `CHANGED<tab>why`.

Python's own parser is the judge, so that our token comparison does not judge itself.
"""

import ast
import sys


def program(path):
    with open(path, "rb") as file:
        return ast.dump(ast.parse(file.read()))


for line in sys.stdin:
    original, changed = line.rstrip("\n").split("\t")
    try:
        before = program(original)
    except (SyntaxError, ValueError):
        continue
    try:
        if program(changed) != before:
            print(f"{changed}\tanother program")
    except (SyntaxError, ValueError) as error:
        print(f"{changed}\t{error}")
