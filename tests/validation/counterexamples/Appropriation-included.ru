# valid: money
INSERT DATA { <appropriation/x-a> is:isIncludedIn <appropriation/x-b> }
