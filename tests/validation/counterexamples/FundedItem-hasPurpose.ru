# valid: money
DELETE { <programme/x-a> is:hasPurpose ?any } INSERT { <programme/x-a> is:hasPurpose <account/general> } WHERE { <programme/x-a> is:hasPurpose ?any }
