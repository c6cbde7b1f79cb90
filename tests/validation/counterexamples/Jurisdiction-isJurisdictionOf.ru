# valid: who
DELETE { <jurisdiction/x-a> is:isJurisdictionOf ?any } INSERT { <jurisdiction/x-a> is:isJurisdictionOf "the ministry" } WHERE { <jurisdiction/x-a> is:isJurisdictionOf ?any }
