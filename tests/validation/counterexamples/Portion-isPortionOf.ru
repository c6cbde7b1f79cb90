# valid: money
INSERT DATA { <portion/x-b> is:isPortionOf <programme/x-a> }
