# valid: money
INSERT DATA { <portion/x-b> is:hasPhase <phase/initial> }
