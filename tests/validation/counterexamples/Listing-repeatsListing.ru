# valid: money
INSERT DATA { <listing/x-a> is:hasFlag <flag/repeated> ; is:repeatsListing <panel/x-a> }
