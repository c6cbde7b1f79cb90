# valid: strategy
INSERT DATA { <strategy/x-a> is:isPartOf <pillar/x-a> }
