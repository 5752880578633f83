-- Everything is in a schema of its own, beside that of history.

-- A node is one run of a server: its generation is given once, and never comes back.
-- state: 0 active, 1 draining (it takes no term any more), 2 left by itself, 3 dead, as others found.
-- heartbeat, steady: by this database's clock alone; since steady, heartbeats have come without a gap.
-- A node of one name at a time is here.
CREATE TABLE node
(
    generation      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            text        NOT NULL,
    address         text        NOT NULL,
    certificate     bytea       NOT NULL,
    version         text        NOT NULL,
    protocol        int         NOT NULL,
    oldest_protocol int         NOT NULL,
    listeners       text        NOT NULL DEFAULT '',
    state           smallint    NOT NULL DEFAULT 0,
    joined          timestamptz NOT NULL DEFAULT now(),
    heartbeat       timestamptz NOT NULL DEFAULT now(),
    steady          timestamptz NOT NULL DEFAULT now(),
    end_reason      text
);

CREATE UNIQUE INDEX node_name ON node (lower(name)) WHERE state < 2;

-- Who is home, under which term; the term is that of history's fence as soon as there was a home. Without a generation nobody is.
-- preferred: the node that is to be home next.
CREATE TABLE home
(
    term       bigint      NOT NULL DEFAULT 0,
    generation bigint      REFERENCES node,
    since      timestamptz NOT NULL DEFAULT now(),
    preferred  bigint      REFERENCES node
);

INSERT INTO home DEFAULT VALUES;
