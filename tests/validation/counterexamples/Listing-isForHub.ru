# valid: money
INSERT DATA { <listing/x-a> is:isForHub <institution/base> }
