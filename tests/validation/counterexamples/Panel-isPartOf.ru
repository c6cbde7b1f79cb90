# valid: money
INSERT DATA { <panel/x-a> is:isPartOf <strategy/x-a> }
