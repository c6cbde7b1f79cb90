# valid: money
INSERT DATA { <portion/x-b> is:amount 3000000000 }
