-- A session that came by the password before, a certificate, an outside identity or a key ends with it, at whatever server it is and whoever takes it away.

CREATE FUNCTION tell_withdrawal() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM pg_notify('parley', 'proof');
    RETURN NULL;
END
$$;

-- The salt, which stands between the first colon and the second dollar: with the same one it is the same password.
CREATE TRIGGER told_proof AFTER UPDATE OF password ON account FOR EACH ROW
    WHEN (split_part(split_part(OLD.password, '$', 2), ':', 2) IS DISTINCT FROM split_part(split_part(NEW.password, '$', 2), ':', 2)) EXECUTE FUNCTION tell_withdrawal();
CREATE TRIGGER told_proof AFTER DELETE ON certificate FOR EACH ROW EXECUTE FUNCTION tell_withdrawal();
CREATE TRIGGER told_proof AFTER DELETE ON outside_identity FOR EACH ROW EXECUTE FUNCTION tell_withdrawal();
CREATE TRIGGER told_proof AFTER DELETE ON ssh_key FOR EACH ROW EXECUTE FUNCTION tell_withdrawal();
