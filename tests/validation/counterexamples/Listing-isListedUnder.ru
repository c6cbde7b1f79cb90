# valid: money
# with: Panel-lists — the panel has lost its only line
DELETE WHERE { <listing/x-a> is:isListedUnder ?any }
