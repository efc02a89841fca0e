#!/usr/bin/env python3
"""Adds the rating of an issue form to a CSV file: take-rating.py RATINGS, with BODY, MEMBER and OPENED in the environment.

Prints `taken=true` or `taken=false` and `answer=…` as a workflow's outputs. What a stranger wrote is data: it is checked, and
written by a CSV writer.
"""

import csv
import os
import re
import sys


def fields(body):
    """The answers of an issue form, by their labels in lower case."""
    parts = re.split(r"^### +(.+?) *$", body.replace("\r\n", "\n"), flags=re.MULTILINE)
    return {
        label.lower(): text.strip() for label, text in zip(parts[1::2], parts[2::2]) if text.strip() != "_No response_"}


def rating(body, member, opened):
    """The row of the table. Raises ValueError with a sentence for whoever wrote it."""
    answers = fields(body)
    film = " ".join(answers.get("film", "").split())
    year = answers.get("year", "")
    stars = answers.get("stars", "")
    if not film or len(film) > 200:
        raise ValueError("the title of the film is missing, or too long")
    if year and not re.fullmatch(r"(18|19|20)\d\d", year):
        raise ValueError(f"“{year[:20]}” is no year; write it like 1949, or leave it out")
    if stars not in {f"{half / 2:g}" for half in range(1, 11)}:
        raise ValueError(f"“{stars[:20]}” is no number of stars; choose from 0.5 to 5")
    if not re.fullmatch(r"[A-Za-z0-9-]{1,39}", member):
        raise ValueError("the member's name cannot be read")
    return [opened[:10], member, film, year, stars]


def main():
    try:
        row = rating(os.environ["BODY"], os.environ["MEMBER"], os.environ["OPENED"])
    except ValueError as error:
        print("taken=false")
        print(f"answer=Not taken: {error}.")
        return
    with open(sys.argv[1], "a", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerow(row)
    print("taken=true")
    print(f"answer=Thank you: {row[4]} stars of {row[1]} for {row[2].replace('%', '%25')}. The site follows in a few minutes.")


main()
