# valid: cell
INSERT DATA { <budget-cell/x-b> is:isObservationOf <data-set/x-a> }
