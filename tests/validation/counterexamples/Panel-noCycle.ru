# valid: money
INSERT DATA { <panel/x-a> is:isPartOf <panel/x-a> }
