# valid: change
DELETE { <change/x-a> is:change ?change ; is:changeRate ?rate ; is:printedValue ?printed }
INSERT { <change/x-a> is:change 200000000 ; is:changeRate 9.9 ; is:printedValue "2 9.9%" }
WHERE { <change/x-a> is:change ?change ; is:changeRate ?rate ; is:printedValue ?printed }
