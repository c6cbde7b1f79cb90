# valid: change
DELETE DATA { <change/x-a> is:hasPhase <phase/initial> } ; INSERT DATA { <change/x-a> is:hasPhase <phase/request> }
