# valid: strategy
# with: Pillar-corresponds — the pillar has lost its only heading
DELETE { <correspondence/x-a> is:relatesPillar ?any } INSERT { <correspondence/x-a> is:relatesPillar <measure/x-a> } WHERE { <correspondence/x-a> is:relatesPillar ?any }
