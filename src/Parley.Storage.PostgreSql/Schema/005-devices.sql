-- A session that came by the token of a device ends with it, at whatever server it is.

CREATE TRIGGER told AFTER DELETE ON device FOR EACH ROW EXECUTE FUNCTION tell_change();
