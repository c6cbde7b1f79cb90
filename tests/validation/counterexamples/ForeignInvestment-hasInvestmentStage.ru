# valid: strategy
INSERT DATA { <foreign-investment/x-a> is:hasInvestmentStage <phase/initial> }
