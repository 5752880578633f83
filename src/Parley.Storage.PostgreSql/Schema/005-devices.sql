-- A session that came by the token of a device ends with it, at whatever server it is.

CREATE TRIGGER told AFTER DELETE ON device FOR EACH ROW EXECUTE FUNCTION tell_change();

-- So does a subscription to web push; 0 for none.
ALTER TABLE push_subscription ADD COLUMN device bigint NOT NULL DEFAULT 0;
