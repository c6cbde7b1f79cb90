# valid: document
DELETE { <disagreement/x-a> is:otherValue ?any } INSERT { <disagreement/x-a> is:otherValue "43.9億円"@ja } WHERE { <disagreement/x-a> is:otherValue ?any }
