"""Schema step: what other acts make of an act."""

# What other acts make of an act: the terms of each effect, the times of its duties and of a pause.
# Notices whose titles put off, pause or correct are looked at anew (issued_by).
TABLES = """
ALTER TABLE relations ADD COLUMN terms TEXT;
CREATE INDEX relations_renamed ON relations (json_extract(terms, '$.renamed'))
  WHERE json_extract(terms, '$.renamed') IS NOT NULL;
ALTER TABLE duties ADD COLUMN since TEXT NOT NULL DEFAULT '';
ALTER TABLE duties ADD COLUMN until TEXT NOT NULL DEFAULT '9999-12-31';
ALTER TABLE notices ADD COLUMN suspended_from TEXT;
ALTER TABLE notices ADD COLUMN suspended_until TEXT;
ALTER TABLE notices ADD COLUMN effects_sha256 TEXT NOT NULL DEFAULT '';
UPDATE relations SET kind = 'extends' WHERE kind = 'amends' AND effect LIKE 'extended%';
UPDATE relations SET kind = 'repeals' WHERE kind = 'amends' AND effect = 'partly_repealed';
UPDATE notices SET issued_by = NULL WHERE title LIKE '%延%' OR title LIKE '%更正%'
  OR title LIKE '%勘误%' OR title LIKE '%暂停%' OR title LIKE '%暂缓%' OR title LIKE '%恢复%'
  OR title LIKE '%推迟%' OR title LIKE '%调整%' OR title LIKE '%解读%' OR title LIKE '%复函%'
"""
