# valid: strategy
DELETE WHERE { ?x is:hasCurrency ?any } ; INSERT { ?x is:hasCurrency <currency/CNY> } WHERE { ?x a is:ForeignInvestment }
