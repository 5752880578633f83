-- The name folded (see NameText), by which a room is found: name is as it is spelled. So far all names are of ASCII.
ALTER TABLE room ADD COLUMN key TEXT;

UPDATE room SET key = lower(name);

CREATE UNIQUE INDEX room_key ON room (key);
