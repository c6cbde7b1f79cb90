# valid: money
DELETE { <portion/x-b> ?property ?value } WHERE { <portion/x-b> ?property ?value } ;
DELETE DATA { <listed-amount/x-b> is:lists <portion/x-b> } ;
INSERT DATA { <listed-amount/x-b> is:lists <appropriation/x-b> }
