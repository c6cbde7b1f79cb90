# valid: money
DELETE DATA { <listing/x-a> is:isListingOf <programme/x-a> } ; INSERT DATA { <listing/x-a> is:isListingOf <programme/base> }
