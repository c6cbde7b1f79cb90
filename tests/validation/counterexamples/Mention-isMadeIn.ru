# valid: document
DELETE { <mention/x-a> is:isMadeIn ?any } INSERT { <mention/x-a> is:isMadeIn "the strategy" } WHERE { <mention/x-a> is:isMadeIn ?any }
