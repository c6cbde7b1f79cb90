# valid: money
INSERT DATA { <listing/x-a> is:hasMinistryMark <institution/base-ministry> }
