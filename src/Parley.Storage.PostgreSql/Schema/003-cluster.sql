-- By whom and as which message a cluster's node sent it, so that what is sent again is recognised. A direct message to several is one row for each.
ALTER TABLE message ADD COLUMN post_node bigint, ADD COLUMN post_counter bigint;
CREATE UNIQUE INDEX message_origin ON message (post_node, post_counter, coalesce(recipient_key, '')) WHERE post_node IS NOT NULL;

-- The term whose home may write; 0 before there was a cluster.
CREATE TABLE fence (term bigint NOT NULL);
INSERT INTO fence VALUES (0);
