# valid: change
DELETE WHERE { <budget-cell/x-b> a ?class ; is:amount ?amount ; is:roundingUnit ?unit ; is:printedValue ?printed ; is:isObservationOf ?table } ;
INSERT DATA { <budget-cell/x-b> a is:EmptyBudgetCell ; is:printedValue "-" ; is:isCellOf <data-set/x-a> } ;
DELETE { <change/x-a> is:change ?change ; is:changeRate ?rate ; is:printedValue ?printed }
INSERT { <change/x-a> is:change 3400000000 ; is:changeRate 6.7 ; is:printedValue "34 6.7%" }
WHERE { <change/x-a> is:change ?change ; is:changeRate ?rate ; is:printedValue ?printed }
