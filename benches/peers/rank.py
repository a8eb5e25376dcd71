"""A long sheet to a ranking with polars: means by vendor and criterion, weighed alike, sorted; nothing is checked."""

import sys

import polars

sheet = polars.scan_csv(sys.argv[1])
means = sheet.group_by("vendor", "criterion").agg(polars.col("score").mean())
totals = means.group_by("vendor").agg((polars.col("score") / 5 * 100).mean().alias("total"))
print(totals.sort("total", descending=True).collect())
