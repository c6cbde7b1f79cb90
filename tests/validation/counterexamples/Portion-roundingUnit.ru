# valid: money
INSERT DATA { <portion/x-b> is:roundingUnit 100000000 }
