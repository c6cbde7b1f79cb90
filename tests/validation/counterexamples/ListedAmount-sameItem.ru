# valid: money
# with: FundedItem-found — the other item has no line
DELETE DATA { <listing/x-a> is:isListingOf <programme/x-a> } ; INSERT DATA { <listing/x-a> is:isListingOf <programme/base> }
