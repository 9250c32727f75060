# SPDX-License-Identifier: Apache-2.0
"""The charts of docs/benchmarks.md from the reports that ./dev bench wrote: per suite (title, groups) as
bar_chart.render() takes them."""
from bench_tables import peer_titles


def bars(report, row, figure, text):
    titles = peer_titles(report)
    return [{"label": titles[peer], "value": one[figure], "text": text(one[figure]),
             "ours": peer.lower().startswith("mayfly")} for peer, one in row["peers"].items()]


def milliseconds(value):
    return f"{value:,.1f} ms" if value < 100 else f"{value:,.0f} ms"


def embed(report):
    groups = [{"title": row["title"], "bars": bars(report, row, "median_ms", milliseconds)}
              for row in report["results"]]
    return "Time to embed: shorter is faster", groups


def kernel(report):
    def one(label, figure, ours):
        value = figure["median_gmacs"]
        return {"label": label, "value": value, "text": f"{value:.1f}", "ours": ours}

    groups = [{"title": row["title"], "bars": [one("bare kernel, tight loop", row["kernel"], False),
                                               one("whole encoder, 128 tokens", row["encoder"], True)]}
              for row in report["results"]]
    return "Billions of multiply-accumulates per second", groups


def startup(report):
    row = report["results"][0]
    groups = [{"title": "create to first vector, files cached", "bars": bars(report, row, "median_ms",
                                                                             milliseconds)},
              {"title": "downloaded on the first visit",
               "bars": bars(report, row, "bytes_transferred", lambda value: f"{value / 1e6:.1f} MB")}]
    return "Start-up: shorter is better", groups


def size(report):
    row = report["results"][0]
    megabytes = lambda value: f"{value / 1e6:.2f} MB"
    groups = [{"title": title, "bars": bars(report, row, figure, megabytes)}
              for title, figure in (("code, gzipped", "code_gzip_bytes"), ("model", "model_bytes"),
                                    ("all, code gzipped", "total_gzip_bytes"))]
    return "Download to embed: shorter is better", groups


def search(report):
    rate = lambda value: f"{value:,.0f}"
    groups = [{"title": row["title"], "bars": bars(report, row, "queries_per_second", rate)}
              for row in report["results"]]
    return "Queries per second: longer is faster", groups


def site(report):
    groups = []
    for row in report["results"]:
        if "questions" in row:
            groups.append({"title": f"{row['title']}: right page among the first three",
                           "bars": bars(report, row, "top3", lambda value: f"{100 * value:.0f} %")})
        else:
            waits = {"peers": {peer: {"first": one["times"]["first"]["median_ms"]}
                               for peer, one in row["peers"].items()}}
            groups.append({"title": f"{row['title']}: first results", "bars": bars(report, waits, "first",
                                                                                  milliseconds)})
    return "Search of a whole site: answers, and time to the first results", groups


def quality(report):
    groups = [{"title": row["title"], "bars": bars(report, row, "value", lambda value: f"{value:.3f}")}
              for row in report["results"]]
    return "Retrieval quality: longer is better", groups
