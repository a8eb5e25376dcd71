"""Runs every benchmark and its yardstick, one after the other, and prints one table of ratios.

Times of one machine say little; each ratio is taken on one machine in one go. Whatever cannot be measured is printed as such.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", TOP / "target")).resolve()
PROGRAM = TARGET / "release" / "scorecard"
ROUNDS = 3
ROWS, CRITERIA, EVALUATORS = 1_000_000, 200, 10
lines = []


def say(text):
    print(text, file=sys.stderr, flush=True)


def row(job, yardstick, asked, seen, note=""):
    lines.append((job, yardstick, asked, seen, note))


def bench(name, *words):
    say(f"cargo bench --bench {name} ...")
    done = subprocess.run(
        ["cargo", "bench", "--quiet", "--bench", name, "--", *words],
        cwd=TOP, env={**os.environ, "PYTHON": sys.executable}, text=True, stdout=subprocess.PIPE, check=False,
    )
    say(done.stdout)
    return done.stdout


def found(pattern, text):
    hit = re.search(pattern, text, re.DOTALL)
    return float(hit.group(1)) if hit else None


def times(value):
    if value is None:
        return "not measured"
    return f"{value:.2f} x" if value >= 0.1 else f"{value:.4f} x"


def run(*words):
    """The best of some runs: seconds, and the peak memory of the process in MB."""
    best, peak = None, None
    for _ in range(ROUNDS):
        began = time.perf_counter()
        child = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        if child.returncode:
            return None, None
        if best is None or seconds < best:
            best, peak = seconds, usage.ru_maxrss / 1024
    return best, peak


def criteria_set(folder):
    path = folder / "set.toml"
    head = 'id = "bench"\ntitle = "Bench"\nversion = "1"\nweights = "relative"\n[scale]\nmin = 0\nmax = 5\nstep = 0.5\n'
    head += '[[category]]\nid = "all"\ntitle = "All"\nweight = 1\n'
    each = (
        f'[[criterion]]\nid = "ITIL-{at:04}"\ncategory = "all"\ntitle = "Practice {at}"\nweight = 1\n' for at in range(CRITERIA)
    )
    path.write_text(head + "".join(each))
    return path


def cells(count):
    for at in range(count):
        yield (
            f"Service Vendor {at // EVALUATORS // CRITERIA:04}", f"ITIL-{at // EVALUATORS % CRITERIA:04}",
            f"Evaluator {at % EVALUATORS:02}", at * 7919 % 11 / 2, "seen in the trial",
        )


def sheet(folder):
    path = folder / "sheet.csv"
    with path.open("w") as out:
        out.write("vendor,criterion,evaluator,score,comment\n")
        for vendor, criterion, evaluator, score, comment in cells(ROWS):
            out.write(f"{vendor},{criterion},{evaluator},{score},{comment}\n")
    return path


def workbook(folder):
    import openpyxl

    path = folder / "sheet.xlsx"
    book = openpyxl.Workbook(write_only=True)
    tab = book.create_sheet("Scores")
    tab.append(("vendor", "criterion", "evaluator", "score", "comment"))
    for cell in cells(100_000):
        tab.append(cell)
    book.save(path)
    return path


def processes(folder):
    rules, long = criteria_set(folder), sheet(folder)
    command = [PROGRAM, "rank", "--criteria", rules, "--max-rows", ROWS + 1, "--max-bytes", 1 << 30, "--format", "csv"]
    say(f"{long.stat().st_size / 1e6:.0f} MB to a ranking ...")
    ours, memory = run(*command, long)
    theirs, their_memory = run(sys.executable, HERE / "rank.py", long)
    ratio = theirs / ours if ours and theirs else None
    note = f"{memory:.0f} MB against {their_memory:.0f} MB at most" if ratio else ""
    row("the same sheet to a ranking, whole process", "polars, unchecked floats", "2 x, less memory", times(ratio), note)
    say("100,000 rows of a workbook ...")
    book = workbook(folder)
    ours, memory = run(*command, book)
    theirs, _ = run(sys.executable, HERE / "read.py", book)
    ratio = theirs / ours if ours and theirs else None
    note = f"{memory:.0f} MB at most" if ratio else ""
    row("100,000-row XLSX read and ranked, whole process", "openpyxl, read only", "10 x, 32 MB", times(ratio), note)


def draws(text):
    for kind in ("band", "uniform"):
        say(f"NumPy, {kind} ...")
        words = [sys.executable, HERE / "draws.py", "30", "100", "100000"] + (["uniform"] if kind == "uniform" else [])
        theirs = subprocess.run(words, text=True, stdout=subprocess.PIPE, check=False).stdout
        ours = found(rf"30 vendors x 100 criteria.*?\n  {kind}\S*\s+on  1 thread\(s\)\s+([0-9.]+) ms", text)
        ratio = float(theirs) * 1000 / ours if theirs and ours else None
        note = f"{ours:.0f} ms" if ours else ""
        row(f"100,000 weight draws, 30 x 100, {kind}, one thread", "NumPy, one thread", "4 x", times(ratio), note)


def first_answer(folder):
    """Milliseconds from the start of the server to its first answer, and its memory once it is idle."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [PROGRAM, "serve", "--listen", f"127.0.0.1:{port}", "--data", folder / "data"]
    began, answered = time.perf_counter(), False
    server = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not answered and time.perf_counter() - began < 10:
            try:
                with socket.create_connection(("127.0.0.1", port)) as asked:
                    asked.sendall(f"GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
                    answered = asked.recv(64).startswith(b"HTTP/1.1 200")
            except OSError:
                time.sleep(0.0005)
        seconds = time.perf_counter() - began
        time.sleep(1)
        status = Path(f"/proc/{server.pid}/status").read_text()
        memory = int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024
    finally:
        server.terminate()
        server.wait()
    row("start to first answer", "-", "25 ms", f"{seconds * 1000:.0f} ms" if answered else "not measured")
    row("idle memory", "-", "16 MB", f"{memory:.0f} MB")


def main():
    say("cargo build --release ...")
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=TOP, check=True)
    text = bench("parse")
    row("read, validate and intern 1,000,000 rows", "csv-core, raw pass", "0.8 x", times(found(r"ratio of throughputs: ([0-9.]+)", text)))
    with tempfile.TemporaryDirectory() as folder:
        processes(Path(folder))
    text = bench("rank")
    ratio = found(r"100000 vendors.*?scoring::rank, exact\s+[0-9.]+ ms\s+([0-9.]+) of", text)
    row("exact ranking of 100,000 vendors x 100 criteria", "the same sums in f64", "0.6 x", times(ratio))
    text = bench("page")
    ratio = found(r"unchanged page: [0-9]+ a second, ([0-9.]+) of a plain word", text)
    row("a ranked page nobody changed since", "actix-web, a plain word", "0.85 x", times(ratio))
    first = found(r"first view: the ranking\s+([0-9.]+) ms", text)
    row("first view after an upload, 50 x 200", "-", "5 ms", "not measured" if first is None else f"{first:.2f} ms")
    draws(bench("draws"))
    text = bench("store")
    ratio = found(r"HTTP, all into one evaluation\s+[0-9]+ a second, ([0-9.]+) of the log", text)
    if ratio is None:
        shares = re.findall(r"a second, ([0-9.]+) of the log", text)
        ratio = float(shares[-1]) if shares else None
    row("durable 500-row uploads over HTTP, 8 at a time", "a log of our own, fdatasync", "0.4 x", times(ratio))
    text = bench("xlsx")
    ratio = found(r"openpyxl: .*?is ([0-9.]+) times as fast", text)
    memory = found(r"scores\.xlsx: [0-9.]+ s, ([0-9]+) MB", text)
    note = "" if memory is None else f"{memory:.0f} MB at most, with the evaluation"
    row("100,000-row XLSX written", "openpyxl", "15 x, 32 MB", times(ratio), note)
    with tempfile.TemporaryDirectory() as folder:
        first_answer(Path(folder))
    heads = ("job", "yardstick in the same run", "at least", "reached", "")
    widths = [max(len(line[at]) for line in [heads, *lines]) for at in range(5)]
    for line in [heads, *lines]:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip())


main()
