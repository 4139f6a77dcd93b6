"""The Markdown table of scripts/compare-load.

    python3 table.py RUNS.jsonl COMMIT DATE

Each line of RUNS is one run of one generator: its own figures of the measured part, and the processor time of the whole
process as the shell saw it. Figures are medians over the rounds; a ratio is the median of the rounds' own ratios, so
that what drifts on the machine drifts in both of its parts. Ends with 1 where a generator missed deliveries.
"""

import json
import os
import platform
import statistics
import sys

REFERENCE = "broadside"

ACCOUNTS_FOR = {
    "broadside": "each delivery by publisher and sequence (lost, duplicated, reordered), its bytes, latency from the "
    "intended send, completion, spread",
    "bare-c": "nothing: counts frames",
    "node-ws": "nothing: counts messages",
    "python-websockets": "nothing: counts messages",
    "tsung": "bytes received; latency of the sender's own copies",
}


def figures(run):
    """What one run delivered and what that cost, whatever the generator."""
    result = run["result"]
    if "schema" in result:
        deliveries = result["deliveries"]["received"]
        per_delivery = result["generator"]["cpuNanosecondsPerDelivery"]
        elapsed = result["durationNanoseconds"]
        missing = result["deliveries"]["lost"]
        disturbed = result["generator"]["waitingFraction"] > 0.05
    else:
        deliveries = result["deliveries"]
        per_delivery = result["cpuNanoseconds"] / deliveries if deliveries else None
        elapsed = result["elapsedNanoseconds"]
        missing = result["missing"]
        disturbed = False
    if not deliveries or per_delivery is None:
        sys.exit(f"table: {run['generator']} received nothing with {run['load']}, round {run['round']}")
    whole = run["userSeconds"] + run["systemSeconds"]
    return {
        "cpu": per_delivery,
        # How it divides is known of the whole process only, its start and end included.
        "user": per_delivery * run["userSeconds"] / whole if whole else 0.0,
        "rate": deliveries * 1e9 / elapsed,
        "missing": missing,
        "disturbed": disturbed,
        # The whole process cannot have used less than a part of it says; 10 ms are what its clock may be off by.
        "adds_up": per_delivery * deliveries / 1e9 <= whole + 0.01 or run["generator"] == "tsung",
    }


def median(values):
    return statistics.median(values)


def row(name, rounds, reference):
    cpu = median([figure["cpu"] for figure in rounds.values()])
    cells = [name, f"{cpu:,.0f} ns"]
    ratios = [figure["cpu"] / reference[number]["cpu"] for number, figure in rounds.items() if number in reference]
    if name == REFERENCE or not ratios:
        cells.append("1" if name == REFERENCE else "")
    else:
        cells.append(f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})")
    cells.append(f"{median([figure['user'] for figure in rounds.values()]):,.0f} ns")
    cells.append(f"{median([figure['rate'] for figure in rounds.values()]) / 1e3:,.0f} k/s")
    cells.append(ACCOUNTS_FOR.get(name, ""))
    return "| " + " | ".join(cells) + " |"


def title(load):
    clients, payload, pace = load.split(":")
    way = f"{pace[:-2]} messages a second" if pace.endswith("/s") else f"{pace} in flight"
    return f"## {clients} clients, {payload} B, {way}"


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def main(path, commit, date):
    runs = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            run = json.loads(line)
            runs.setdefault(run["load"], {}).setdefault(run["generator"], {})[run["round"]] = figures(run)
    print("# What receiving a delivery costs a load generator")
    print()
    print(f"- measured: {date}, commit {commit}, `scripts/compare-load`")
    print(f"- machine: {processor()}, {os.cpu_count()} cores, Linux {platform.release()}")
    print("- server: one `broadside serve --relay --threads 1` for all, on a core of its own where there are two")
    print("- load: one publisher, every client receives every message; the generators take turns in each round")
    print("- CPU/delivery: user and system time of the measured part over its deliveries, median of the rounds; the")
    print("  ratio is to Broadside in the same round, median and extremes; of which user: as the whole process's time")
    has_missing = False
    for load, generators in runs.items():
        print()
        print(title(load))
        print()
        print("| generator | CPU/delivery | ratio | of which user | deliveries | accounts for |")
        print("|---|---:|---:|---:|---:|---|")
        reference = generators.get(REFERENCE, {})
        for name, rounds in sorted(generators.items(), key=lambda item: median([f["cpu"] for f in item[1].values()])):
            print(row(name, rounds, reference))
        notes = []
        for name, rounds in generators.items():
            missing = sum(figure["missing"] or 0 for figure in rounds.values())
            disturbed = sum(figure["disturbed"] for figure in rounds.values())
            if missing:
                has_missing = True
                notes.append(f"{name} missed {missing} deliveries")
            if disturbed:
                notes.append(f"{name} had to wait for a core for more than 5 % of {disturbed} of {len(rounds)} rounds")
            if not all(figure["adds_up"] for figure in rounds.values()):
                notes.append(f"{name} reports more processor time than its process has used: its figures do not add up")
        if notes:
            print()
            print("\n".join(f"- {note}" for note in notes))
    return 1 if has_missing else 0


sys.exit(main(*sys.argv[1:4]))
