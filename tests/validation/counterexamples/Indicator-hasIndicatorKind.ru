# valid: strategy
DELETE WHERE { <indicator/x-a> is:hasIndicatorKind ?any }
