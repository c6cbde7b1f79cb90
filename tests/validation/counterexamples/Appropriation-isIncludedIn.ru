# valid: money
INSERT DATA { <appropriation/x-a> is:isIncludedIn <programme/x-a> }
