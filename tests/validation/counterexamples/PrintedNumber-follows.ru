# valid: strategy
DELETE DATA { <pillar/x-a> is:printedNumber "①" } ; INSERT DATA { <pillar/x-a> is:printedNumber "②" }
