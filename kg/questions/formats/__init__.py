"""An answer as text: for people (table, md, html), for programs (csv, tsv, json, jsonl), and as SPARQL results."""
