-- The life of the room that a message is kept with, if the room kept people out: see RoomLife. NULL: it did not.
ALTER TABLE message ADD COLUMN life INTEGER;
