# valid: money
INSERT DATA { <listing/x-a> is:printedForm "事業" , "事 業" }
