# valid: money
INSERT DATA { <listed-amount/x-a> is:isAmountIn <panel/x-a> }
