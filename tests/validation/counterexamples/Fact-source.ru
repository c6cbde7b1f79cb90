# valid: strategy
INSERT DATA { <strategy/x-a> dcterms:source "the press" }
