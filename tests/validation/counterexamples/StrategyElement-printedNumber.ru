# valid: strategy
DELETE { <pillar/x-a> is:printedNumber ?any } INSERT { <pillar/x-a> is:printedNumber 1 } WHERE { <pillar/x-a> is:printedNumber ?any }
