-- Sessions of people that are open at a node, as it last said.
ALTER TABLE node ADD COLUMN sessions int NOT NULL DEFAULT 0;
