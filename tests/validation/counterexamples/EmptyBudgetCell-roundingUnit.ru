# valid: cell
INSERT DATA { <budget-cell/x-b> is:roundingUnit 100000000 }
