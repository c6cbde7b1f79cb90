# valid: who
DELETE { <institution/x-b> is:isUnitOf ?any } INSERT { <institution/x-b> is:isUnitOf <programme/x-a> } WHERE { <institution/x-b> is:isUnitOf ?any }
