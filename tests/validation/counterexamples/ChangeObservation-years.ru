# valid: change
# with: ChangeObservation-cells — the years are turned round, so that no cells have them
DELETE { <change/x-a> is:baseYear ?any } INSERT { <change/x-a> is:baseYear 2021 } WHERE { <change/x-a> is:baseYear ?any }
