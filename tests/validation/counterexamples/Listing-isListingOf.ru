# valid: money
# with: FundedItem-found — the item has lost its only line
DELETE WHERE { <listing/x-a> is:isListingOf ?any }
