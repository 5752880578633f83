namespace Parley.Core.Events;

/// <summary>Kind of a message, which says how to read it; history stores the numbers.</summary>
public enum MessageKind
{
    /// <summary>Something said: <c>Name: text</c>.</summary>
    Text = 0,

    /// <summary>Something done: <c>* Name waves</c>.</summary>
    Action = 1,

    /// <summary>Something said that no program may answer by itself.</summary>
    Notice = 2,

    /// <summary>Nothing said: only tags, for clients that understand them (a reaction, that somebody types).</summary>
    Tags = 3,

    /// <summary>A question from a client to the clients of other users, not to the users; it is never kept in history.</summary>
    Query = 4,

    /// <summary>A client's answer to such a question.</summary>
    Answer = 5,

    /// <summary>In history only, like all that follow: somebody came; the text is its full name.</summary>
    Joined = 16,

    /// <summary>Somebody left the room; the text is why.</summary>
    Left = 17,

    /// <summary>Somebody left the server; the text is why.</summary>
    Quit = 18,

    /// <summary>Somebody took another name, which is the text.</summary>
    Renamed = 19,

    /// <summary>Somebody said what the room is about, which is the text.</summary>
    Topic = 20,

    /// <summary>Somebody was put out: its name begins the text, the reason follows behind a space.</summary>
    Kicked = 21,

    /// <summary>Modes of the room were changed: <c>+Moderated -Operator=Ann</c>.</summary>
    Modes = 22,

    /// <summary>Here was a message that somebody took away; the text is why.</summary>
    Redacted = 23,

    /// <summary>The room took another name: the text is the name that it had, a space, and the one that it took.</summary>
    RoomRenamed = 24,
}
