# valid: money
DELETE { ?gone ?property ?value } WHERE {
  VALUES ?gone { <listed-amount/x-b> <portion/x-b> <appropriation/x-b> }
  ?gone ?property ?value .
} ;
DELETE DATA { <listing/x-a> is:hasFlag <flag/ceiling> }
