#!/usr/bin/env python3
"""A second check of a bundle, written apart from the program that made it. Needs Python 3.11 or later and nothing else.

    python3 verify.py DIRECTORY [SEQ:HASH]

Checks every file against MANIFEST.json, the chain of events, that every file an event names is there, and computes the
weighted sums anew from the answers and the criteria set. Exit code 0: everything holds; 1: something differs; 2: there is
no bundle to check.
"""

import hashlib
import json
import re
import sys
import tomllib
import unicodedata
from fractions import Fraction
from pathlib import Path

DOMAIN = b"scorecard-audit-v1\0"


def fold(name):
    """How names are compared: trimmed, inner spaces joined, NFC, case folded."""
    text = unicodedata.normalize("NFC", " ".join(name.split()))
    return unicodedata.normalize("NFC", text.casefold())


def check_files(directory, manifest):
    wrong = []
    listed = {entry["path"]: entry for entry in manifest["files"]}
    there = {
        str(path.relative_to(directory)).replace("\\", "/")
        for path in directory.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for path, entry in listed.items():
        if path not in there:
            wrong.append(f"{path} is missing")
            continue
        data = (directory / path).read_bytes()
        if hashlib.sha256(data).hexdigest() != entry["sha256"] or len(data) != entry["bytes"]:
            wrong.append(f"{path} is another file")
    wrong += [f"{path} is not listed" for path in sorted(there - set(listed) - {"MANIFEST.json"})]
    return wrong, f"{len(listed)} files"


def canonical(event):
    return json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def check_chain(directory, manifest):
    wrong, events, hashes, previous = [], [], [], "0" * 64
    for number, line in enumerate((directory / "record.ndjson").read_text("utf-8").split("\n")[:-1], 1):
        entry = json.loads(line)
        payload = entry["payload"]
        event = json.loads(payload)
        digest = hashlib.sha256(DOMAIN + bytes.fromhex(previous) + payload.encode("utf-8")).hexdigest()
        if entry["seq"] != number or event["seq"] != number:
            wrong.append(f"line {number} is event {event['seq']}")
        if entry["prev"] != previous or entry["hash"] != digest or canonical(event) != payload:
            wrong.append(f"event {number} does not match its hash")
        if event["evaluation"] != manifest["evaluation"]:
            wrong.append(f"event {number} is of another evaluation")
        events.append(event)
        hashes.append(digest)
        previous = entry["hash"]
    head = f"{len(events)}:{previous}"
    if not events:
        wrong.append("it has no event")
    if head != manifest["head"]:
        wrong.append(f"it ends with {head}, and the manifest says {manifest['head']}")
    return wrong, events, hashes, head


def check_expected(directory, expected):
    lines = (directory / "record.ndjson").read_text("utf-8").split("\n")[:-1]
    heads = {f"{entry['seq']}:{entry['hash']}" for entry in map(json.loads, lines)}
    return [] if expected in heads else [f"{expected} is no event of it"]


def kept(change):
    """The digests of the files that are kept with an event."""
    digests = []
    if change["what"] == "sheet-filed":
        digests += [change["original"], change["answers"]]
    if change["what"] == "method-read":
        digests.append(change["original"])
    if isinstance(change.get("set"), dict):
        digests.append(change["set"]["sha256"])
    if "judgements" in change:
        digests.append(change["judgements"])
    if change["what"] in ("method-frozen", "method-revised") and change.get("sheet"):
        digests.append(change["sheet"])
    for pin in (change.get("pinned"), change.get("before")):
        if pin:
            digests.append(pin["result"])
    return digests


def files_by_digest(directory):
    files = {}
    for path in directory.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            files[hashlib.sha256(data).hexdigest()] = data
    return files


def purges(change):
    """The digests of what an event purges, each once."""
    if change["what"] != "files-purged":
        return []
    return list(dict.fromkeys(one["sha256"] for one in change["files"] + change.get("answers", [])))


def purged(events):
    """{digest: event} of the files that were purged and not filed again since: of these the digest is all there is."""
    gone = {}
    for event in events:
        gone.update({digest: event["seq"] for digest in purges(event["change"])})
        for digest in kept(event["change"]):
            gone.pop(digest, None)
    return gone


def tombstones(events, hashes):
    """A sentence for each time a file was purged, which stays so when the same bytes are filed again."""
    stones = []
    for event, digest_of_event in zip(events, hashes):
        for digest in kept(event["change"]):
            same = [stone for stone in stones if stone[0] == digest][-1:]
            for stone in same:
                stone[2] = stone[2] or f" and came again with event {event['seq']}"
        stones += [[digest, f"{event['seq']}:{digest_of_event}", ""] for digest in purges(event["change"])]
    return [f"{digest} was purged by event {event}{again}" for digest, event, again in stones]


def check_named(events, hashes, files, directory):
    wrong, count, gone = [], 0, purged(events)
    for event in events:
        for digest in kept(event["change"]):
            if digest in gone:
                continue
            count += 1
            if digest not in files:
                wrong.append(f"{digest}, named by event {event['seq']}, is missing")
    wrong += strangers(events, gone, directory)
    return wrong, "; ".join([f"{count} files"] + tombstones(events, hashes))


def strangers(events, gone, directory):
    """The files that no event names as kept and that are not made from the answers."""
    named = {digest for event in events for digest in kept(event["change"])} - set(gone)
    own = {"MANIFEST.json", "record.ndjson", "README.txt", "verify.py"}
    if last_purge(events) is None:
        own |= {"result.json", "ranking.csv", "ranking.xlsx", "scores.csv", "record.html"}
    wrong = []
    for path in sorted(directory.rglob("*")):
        name = str(path.relative_to(directory)).replace("\\", "/")
        if path.is_file() and "__pycache__" not in path.parts and name not in own:
            if hashlib.sha256(path.read_bytes()).hexdigest() not in named:
                wrong.append(f"{name} is neither kept by the record nor made from its answers")
    return wrong


def state(events):
    """How far the evaluation has come by its record, and what was decided by whom."""
    phase, locked, decision = "draft", False, None
    for event in events:
        change = event["change"]
        phase = {
            "method-frozen": "scoring is open",
            "method-reopened": "draft",
            "scoring-closed": "scoring is closed",
            "scoring-reopened": "scoring is open",
        }.get(change["what"], phase)
        locked = {"result-locked": True, "result-unlocked": False}.get(change["what"], locked)
        if change["what"] == "decision-recorded":
            decision = event
        elif change["what"] == "decision-taken-back":
            decision = None
    if decision is None:
        return "locked" if locked and phase == "scoring is closed" else phase
    change = decision["change"]
    first = change.get("proposed_by")
    persons = f"proposed by {first}, confirmed by {decision['actor']}" if first else "decided by one person"
    chosen = change["vendor"]
    return f"{'awarded' if chosen else 'decided, no award'}. {chosen or 'No vendor'} is chosen, {persons}: {change['reason']}"


def judged(criteria):
    """How every criterion is judged, and whether it may be not applicable."""
    return {
        one["id"]: ("price" if "price" in one else one.get("kind", "rated"), one.get("not_applicable", False))
        for one in criteria["criterion"]
    }


def is_number(entry):
    return entry[:1].isdigit() or entry[:1] == "-" and entry[1:2].isdigit()


def mapped(mapping, value):
    """What a value becomes: each by itself ("0=0, 3=6"), or all by one line ("x*2+0")."""
    if mapping.startswith("x*"):
        times, sign, plus = re.fullmatch(r"x\*(-?[0-9.]+)([+-])([0-9.]+)", mapping).groups()
        return str(Fraction(value) * Fraction(times) + Fraction(sign + plus))
    pairs = [pair.split("=") for pair in mapping.split(", ")]
    return str({Fraction(one): Fraction(to) for one, to in pairs}[Fraction(value)])


class Standing:
    """The answers that stand, folded from the events."""

    def __init__(self, events, files):
        self.criteria = None
        self.sheets = {}
        self.withdrawn, self.excluded, self.recused = set(), set(), set()
        for event in events:
            self.apply(event["change"], files)

    def apply(self, change, files):
        what = change["what"]
        if isinstance(change.get("set"), dict):
            before = self.criteria
            self.criteria = tomllib.loads(files[change["set"]["sha256"]].decode("utf-8"), parse_float=str)
            if what == "method-revised":
                self.go_over(judged(before), judged(self.criteria), change.get("mapping", {}))
        if what == "sheet-filed":
            self.sheets[change["sheet"]] = json.loads(files[change["answers"]])
        elif what == "sheet-withdrawn":
            self.withdrawn.add(change["sheet"])
        elif what == "sheet-restored":
            self.withdrawn.discard(change["sheet"])
        elif what == "vendor-excluded":
            self.excluded.add(fold(change["vendor"]))
        elif what == "vendor-readmitted":
            self.excluded.discard(fold(change["vendor"]))
        elif what in ("evaluator-recused", "evaluator-returned"):
            vendor = change["vendor"]
            key = (fold(change["evaluator"]), fold(vendor) if vendor else None)
            (self.recused.add if what == "evaluator-recused" else self.recused.discard)(key)

    def go_over(self, before, after, mapping):
        """What the answers so far become: where the criterion is gone or judged in another way they never count again."""
        for sheet in self.sheets.values():
            lines = []
            for line in sheet["lines"]:
                name, entry = sheet["criteria"][line[2]], line[3]
                if name not in after or name in before and before[name][0] != after[name][0]:
                    continue
                if entry == "n/a" and not after[name][1]:
                    entry = "clear"
                if name in mapping and is_number(entry):
                    entry = mapped(mapping[name], entry)
                lines.append([*line[:3], entry, *line[4:]])
            sheet["lines"] = lines

    def answers(self):
        """{(vendor, criterion): {evaluator: entry}}, later sheets over earlier ones; nothing and "?" change nothing."""
        cells = {}
        for number in sorted(self.sheets):
            if number in self.withdrawn:
                continue
            sheet = self.sheets[number]
            for vendor, evaluator, criterion, entry, *_ in sheet["lines"]:
                who, about = fold(sheet["evaluators"][evaluator]), fold(sheet["vendors"][vendor])
                cell = cells.setdefault((about, sheet["criteria"][criterion]), {})
                if entry == "clear":
                    cell.pop(who, None)
                elif entry != "":
                    cell[who] = entry
        for (vendor, _), cell in cells.items():
            for who in [w for w in cell if (w, None) in self.recused or (w, vendor) in self.recused]:
                del cell[who]
        return cells


def shares(criteria):
    """The exact share of every criterion in the whole."""
    categories = {one["id"]: one for one in criteria.get("category", [])}
    leaves = [one for one in criteria["criterion"] if one.get("kind") != "pass-fail"]
    rule = criteria.get("weights", "points")
    if rule == "points":
        return {one["id"]: Fraction(str(one["weight"])) / 100 for one in leaves}
    children = {}
    for kind, nodes in (("category", categories.values()), ("criterion", leaves)):
        for node in nodes:
            parent = node.get("parent") if kind == "category" else node["category"]
            children.setdefault(parent, []).append((kind, node))
    found = {}

    def walk(parent, share):
        group = children.get(parent, [])
        whole = sum(Fraction(str(node.get("weight", 0))) for _, node in group)
        for kind, node in group:
            own = share * Fraction(str(node.get("weight", 0))) / whole if whole else Fraction(0)
            if kind == "category":
                walk(node["id"], own)
            else:
                found[node["id"]] = own

    walk(None, Fraction(1))
    return found


def points(criteria, leaf, cell):
    """The points of a cell, from 0 to 1; None where this check does not go."""
    said = [cell["consensus"]] if "consensus" in cell else list(cell.values())
    if not said or "n/a" in said:
        return None
    if "price" in leaf:
        price = leaf["price"]
        amounts = {Fraction(one) for one in said if one != "no response"}
        if price.get("rule", "fixed-range") != "fixed-range" or "ceiling" not in price:
            return None
        if "no response" in said:
            return Fraction(0) if not amounts else None
        if len(amounts) != 1:
            return None
        ceiling, floor = Fraction(str(price["ceiling"])), Fraction(str(price["floor"]))
        return min(max((ceiling - amounts.pop()) / (ceiling - floor), Fraction(0)), Fraction(1))
    scale = leaf.get("scale", criteria["scale"])
    low, high = Fraction(str(scale["min"])), Fraction(str(scale["max"]))
    lower = leaf.get("direction") == "lower"
    worst = high if lower else low
    scores = sorted(worst if one == "no response" else Fraction(one) for one in said)
    rules = criteria.get("rules", {})
    if rules.get("evaluators", "mean") == "median":
        middle = scores[(len(scores) - 1) // 2 : len(scores) // 2 + 1]
        score = sum(middle) / len(middle)
    else:
        score = sum(scores) / len(scores)
    if rules.get("points", "from-min") == "of-max":
        return score / high
    return ((high - score) if lower else (score - low)) / (high - low)


def upwards(category, parents):
    """A category and all that it lies in."""
    while category is not None:
        yield category
        category = parents[category]


def check_sums(events, files, directory):
    """Contributions and totals against result.json, where nothing is missing, conflicting or not applicable."""
    wrong, cells_checked, totals_checked = [], 0, 0
    standing = Standing(events, files)
    criteria, answers = standing.criteria, standing.answers()
    leaves = {one["id"]: one for one in criteria["criterion"]}
    parents = {one["id"]: one.get("parent") for one in criteria.get("category", [])}
    weights = shares(criteria)
    result = json.loads((directory / "result.json").read_text("utf-8"))
    for vendor in result["vendors"]:
        name, total, whole = vendor["vendor"], Fraction(0), True
        below = {one["id"]: Fraction(0) for one in vendor["categories"]}
        states = {one["id"]: one["state"] for one in vendor["criteria"]}
        if "not_applicable" in states.values():
            continue
        for one in vendor["criteria"]:
            if leaves[one["id"]].get("kind") == "pass-fail":
                continue
            cell = answers.get((fold(name), one["id"]), {})
            own = points(criteria, leaves[one["id"]], cell)
            if states[one["id"]] == "not_scored" or own is None:
                whole = False
                for category in upwards(leaves[one["id"]]["category"], parents):
                    below.pop(category, None)
                continue
            contribution = weights[one["id"]] * own * 100
            cells_checked += 1
            total += contribution
            for category in upwards(leaves[one["id"]]["category"], parents):
                if category in below:
                    below[category] += contribution
            if Fraction(one["contribution_exact"]) != contribution:
                wrong.append(f"{one['id']} adds {contribution} to {name}, and the result says {one['contribution_exact']}")
        for one in vendor["categories"]:
            if one["id"] in below and Fraction(one["contribution_exact"]) != below[one["id"]]:
                wrong.append(f"{one['id']} adds {below[one['id']]} to {name}, and the result says {one['contribution_exact']}")
        if whole:
            totals_checked += 1
            if Fraction(vendor["total_exact"]) != total:
                wrong.append(f"{name} has {total}, and the result says {vendor['total_exact']}")
    return wrong, f"{cells_checked} contributions and {totals_checked} of {len(result['vendors'])} totals computed again"


def manifest_of(directory):
    """The manifest of an unpacked bundle, or else why there is none."""
    if not directory.exists():
        return None, "is not there; name the directory that the bundle was unpacked into"
    if not directory.is_dir():
        return None, "is no directory; unpack the bundle (unzip FILE.zip -d DIRECTORY) and name the directory"
    try:
        manifest = json.loads((directory / "MANIFEST.json").read_text("utf-8"))
        form, listed = manifest["format"], manifest["files"]
        manifest["evaluation"], manifest["head"], [(one["path"], one["sha256"], one["bytes"]) for one in listed]
    except FileNotFoundError:
        return None, "holds no bundle: it has no MANIFEST.json"
    except (OSError, KeyError, ValueError, TypeError) as error:
        return None, f"holds no bundle: its MANIFEST.json cannot be read ({error!r})"
    if form != "scorecard-bundle-1":
        return None, f"holds a bundle of the format {form}, which this program does not know"
    return manifest, None


# What comes of reading something that nobody has written like this.
MALFORMED = (KeyError, ValueError, TypeError, ZeroDivisionError, OSError, AttributeError, IndexError)


def last_purge(events):
    """Where the event stands that purged the answers, if one did; one that cannot be read purges nothing."""
    try:
        emptied = [at for at, event in enumerate(events) if event["change"].get("answers") and purges(event["change"])]
    except MALFORMED:
        return None
    return emptied[-1] if emptied else None


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    directory = Path(arguments[0])
    manifest, why = manifest_of(directory)
    if why:
        print(f"{directory} {why}")
        return 2
    checks = []

    def check(what, job):
        try:
            wrong, found = job()
        except MALFORMED as error:
            wrong, found = [f"it cannot be checked: {error!r}"], ""
        checks.append(not wrong)
        print(f"{'DIFFERS' if wrong else 'holds  '}  {what}{': ' + found if found and not wrong else ''}")
        for one in wrong[:20]:
            print(f"         - {one}")

    events, hashes, files = [], [], files_by_digest(directory)

    def chain():
        wrong, found, sealed, head = check_chain(directory, manifest)
        events.extend(found)
        hashes.extend(sealed)
        return wrong, head

    check("the files are those that the manifest lists", lambda: check_files(directory, manifest))
    check("the record is an unbroken chain of events", chain)
    if len(arguments) == 2:
        check("the record goes through the end that was printed", lambda: (check_expected(directory, arguments[1]), arguments[1]))
    if events:
        try:
            print(f"State: {state(events)}")
        except MALFORMED as error:
            checks.append(False)
            print(f"DIFFERS  the state: it cannot be told: {error!r}")
    check("every file that the record names is there", lambda: check_named(events, hashes, files, directory))
    at = last_purge(events)
    if at is not None:
        print(f"purged   the weighted sums: the answers were purged by event {at + 1}:{hashes[at]}")
    else:
        check("the weighted sums follow from the answers", lambda: check_sums(events, files, directory))
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
