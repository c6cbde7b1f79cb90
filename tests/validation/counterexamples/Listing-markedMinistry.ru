# valid: money
INSERT DATA { <listing/x-a> is:hasMinistryMark <printed-text/base-mark> }
