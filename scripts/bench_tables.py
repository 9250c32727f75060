# SPDX-License-Identifier: Apache-2.0
"""Markdown tables from the reports that ./dev bench wrote (tests/bench/results/SUITE.json)."""


def table(head, rows):
    """The first column is text, the others are numbers."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def machine_line(report):
    machine = report["machine"]
    versions = [f"{name.split('/node_modules/')[-1]} {version}" +
                (" (within " + name.split("/node_modules/")[0] + ")" if "/node_modules/" in name else "")
                for name, version in report["versions"].items()]
    chromium = [f"Chromium {machine['chromium']}"] if "chromium" in machine else []
    rounds = [f"{report['rounds']} rounds"] if report["rounds"] > 1 else []
    cores = f"{machine['cpu']}, {machine['cores_allowed']} of {machine['cores']} cores"
    return "\n" + "; ".join([cores] + rounds + chromium + versions) + ".\n"


def peer_titles(report):
    return {peer["id"]: peer["title"] for peer in report["peers"]}


def megabytes(count):
    return "" if count is None else f"{count / 1e6:.1f}"


def embed(report, short=False):
    """`short`: medians and times only, for the README."""
    peers = report["peers"]
    rows = []
    for row in report["results"]:
        figures = [row["peers"][peer["id"]] for peer in peers]
        cells = [f"{one['median_ms']:.1f}" + ("" if short else f" ({one['min_ms']:.1f})") for one in figures]
        rows.append([row["title"], *cells, ", ".join(f"{one['times_first']:.2f}" for one in figures[1:])])
    head = ["median, ms" if short else "median (minimum), ms", *(peer["title"] for peer in peers),
            f"times {peers[0]['title']}"]
    return table(head, rows) + machine_line(report)


def embed_short(report):
    return embed(report, short=True)


def kernel(report):
    rows = [[f"{one['title']} (`{one['kernels']}`)", f"{one['kernel']['median_gmacs']:.1f}",
             f"{one['encoder']['median_gmacs']:.1f}", f"{100 * one['share_of_kernel']:.1f} %",
             f"{100 * one['share_of_kernel_with_attention']:.1f} %"] for one in report["results"]]
    head = ["billions of multiply-accumulates per second", "bare kernel", "whole encoder", "share",
            "share, attention's products counted"]
    return table(head, rows) + machine_line(report)


def startup(report):
    rows = []
    for peer in report["peers"]:
        one = report["results"][0]["peers"][peer["id"]]
        rows.append([peer["title"], f"{one['median_ms']:.0f} ({one['min_ms']:.0f})",
                     f"{one['median_with_import_ms']:.0f}", megabytes(one["bytes_transferred"]),
                     megabytes(one.get("peak_memory_bytes"))])
    head = ["", "create to first vector, ms", "with the import of its code, ms", "first visit downloads, MB",
            "peak memory, MB"]
    return table(head, rows) + machine_line(report)


def size(report):
    download, *profiles = report["results"]
    rows = []
    for peer in report["peers"]:
        one = download["peers"][peer["id"]]
        keys = ("code_bytes", "code_gzip_bytes", "code_brotli_bytes", "model_bytes", "total_gzip_bytes")
        rows.append([peer["title"], *(f"{one[key] / 1e6:.2f}" for key in keys)])
    head = ["MB", "code", "gzipped", "brotli", "model", "all, code gzipped"]
    models = [[f"`{one['id'].removeprefix('profile-')}`: {one['title']}", f"{one['model_bytes'] / 1e6:.2f}"]
              for one in profiles]
    return (table(head, rows) + "\n" + table(["Mayfly's model files, MB", "as downloaded"], models) +
            machine_line(report))


def search(report):
    titles = peer_titles(report)
    text = ""
    for row in report["results"]:
        dense = "count" in row
        rows = []
        for peer, one in row["peers"].items():
            quality = one["recall@10" if dense else "ndcg@10"]
            cells = [titles[peer], f"{one['queries_per_second']:,.0f}", f"{quality:.3f}",
                     f"{one['build_ms']:,.0f}"]
            bytes_each = f"{one['bytes_per_vector']:,.0f}" if "bytes_per_vector" in one else ""
            rows.append(cells + ([bytes_each] if dense else []))
        head = [row["title"], "queries/s", "recall@10" if dense else "nDCG@10", "build, ms"]
        text += table(head + (["bytes per vector"] if dense else []), rows) + "\n"
    return text.rstrip("\n") + "\n" + machine_line(report)


def waits(visit, phases):
    """Milliseconds; a phase that the peer has not is left empty."""
    times = [visit["times"].get(phase) for phase in phases]
    return [f"{time['median_ms']:,.0f}" if time else "" for time in times]


def kilobytes(visit, phases):
    sent = [visit["bytes"].get(phase) for phase in phases]
    return ["" if count is None else f"{count / 1e3:,.0f}" for count in sent]


def answer_shares(found):
    return [f"{100 * found[share]:.0f} %" for share in ("first", "top3", "nothing")]


def site_visits(row, titles):
    """Waiting and download, by phase."""
    rows = []
    for peer, one in row["peers"].items():
        rows.append([titles[peer], *waits(one, ("first", "semantic", "complete")),
                     *kilobytes(one, ("focus", "first", "semantic", "complete")),
                     f"{one['long_tasks']:.1f}", f"{one['longest_task_ms']:.0f}"])
    head = [row["title"], "first results, ms", "by meaning, ms", "complete, ms", "KB before focus", "by first results",
            "by meaning", "complete", "long tasks", "longest, ms"]
    return table(head, rows)


def site_answers(row, titles):
    rows = [[titles[peer], *answer_shares(one)] for peer, one in row["peers"].items()]
    head = [f"{row['title']}, {row['questions']} questions", "right page first", "in the first three", "nothing found"]
    return table(head, rows)


def site(report):
    titles = peer_titles(report)
    tables = [(site_answers if "questions" in row else site_visits)(row, titles) for row in report["results"]]
    return "\n".join(tables) + machine_line(report)


def site_short(report):
    """Per tree what is found, and the wait for it over the slow line."""
    titles = peer_titles(report)
    results = {row["id"]: row for row in report["results"]}
    rows = []
    for name in (one.removesuffix("-answers") for one in results if one.endswith("-answers")):
        answers, visits = results[f"{name}-answers"], results[f"{name}-slow"]
        for peer, found in answers["peers"].items():
            visit = visits["peers"][peer]
            rows.append([f"{answers['title']}: {titles[peer]}", *answer_shares(found),
                         *waits(visit, ("first", "semantic")), *kilobytes(visit, ("first", "complete"))])
    head = ["", "right page first", "in the first three", "nothing found", "first results, ms", "by meaning, ms",
            "KB by first results", "KB in all"]
    return table(head, rows) + machine_line(report)


def quality(report):
    peers = report["peers"]
    rows = [[row["title"], *(f"{row['peers'][peer['id']]['value']:.4f}" if peer["id"] in row["peers"] else ""
                             for peer in peers)] for row in report["results"]]
    return table(["", *(peer["title"] for peer in peers)], rows)
