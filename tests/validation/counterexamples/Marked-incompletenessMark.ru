# valid: strategy
INSERT DATA { <measure/x-a> is:incompletenessMark "等"@ja }
