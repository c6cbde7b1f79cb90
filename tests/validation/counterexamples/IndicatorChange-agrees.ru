# valid: ranking
DELETE DATA { <indicator-change/x-a> is:hasChangeDirection <change-direction/fall> } ; INSERT DATA { <indicator-change/x-a> is:hasChangeDirection <change-direction/rise> }
