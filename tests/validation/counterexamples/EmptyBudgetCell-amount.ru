# valid: cell
INSERT DATA { <budget-cell/x-b> is:amount 0 }
