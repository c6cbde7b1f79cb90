# valid: money
DELETE { <appropriation/x-a> is:roundingUnit ?any } INSERT { <appropriation/x-a> is:roundingUnit 10000000 } WHERE { <appropriation/x-a> is:roundingUnit ?any }
