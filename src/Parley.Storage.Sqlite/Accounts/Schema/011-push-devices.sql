-- A subscription to web push ends with the device by whose token it was made; 0 for none.

ALTER TABLE push_subscription ADD COLUMN device INTEGER NOT NULL DEFAULT 0;
