# valid: money
INSERT DATA { <listing/x-a> is:hasFlag <flag/under-consideration> }
