# valid: who
INSERT DATA { <institution/x-a> is:isUnitOf <institution/x-b> }
