# valid: strategy
DELETE WHERE { <indicator/x-a> is:hasIndicatorKind ?kind } ; INSERT DATA { <indicator/x-a> is:hasIndicatorKind <indicator-kind/share> }
