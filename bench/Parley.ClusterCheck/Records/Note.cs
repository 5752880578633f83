namespace Parley.ClusterCheck.Records;

/// <summary>Something that a client did, or was shown, on one connection.</summary>
/// <param name="At">Time since the run began; of what was sent the moment before it was, of what came the moment behind.</param>
internal abstract record Note(TimeSpan At)
{
    /// <summary>The client has come in, or has another name now.</summary>
    public sealed record Named(TimeSpan At, string Name) : Note(At);

    /// <summary>The client asks for another name: from here on it may wear either.</summary>
    public sealed record Renaming(TimeSpan At, string Name) : Note(At);

    /// <summary>The client asks for another name no more: it was refused.</summary>
    public sealed record RenameRefused(TimeSpan At, string Name) : Note(At);

    /// <summary>The client says something in a room, or to a user; no other message of the run has this text.</summary>
    public sealed record Sent(TimeSpan At, string Target, string Text) : Note(At);

    /// <summary>The server has answered a message with its number in history; the room is empty for a direct one.</summary>
    public sealed record Acknowledged(TimeSpan At, string Room, long Number, string Text) : Note(At);

    /// <summary>The server has refused a message.</summary>
    public sealed record Refused(TimeSpan At, string Text, string Reason) : Note(At);

    /// <summary>The server has answered a command with something else than that it is done.</summary>
    public sealed record Failed(TimeSpan At, string Command, string Answer) : Note(At);

    /// <summary>The client was shown that it came into a room, and who is in it.</summary>
    public sealed record Entered(TimeSpan At, string Room, IReadOnlyList<string> Names) : Note(At);

    /// <summary>The client asks to leave a room; no other does so with this reason.</summary>
    public sealed record Leaving(TimeSpan At, string Room, string Reason) : Note(At);

    /// <summary>The client was shown that it left a room.</summary>
    public sealed record Left(TimeSpan At, string Room) : Note(At);

    /// <summary>The client was shown a message in a room, its own included.</summary>
    public sealed record Shown(TimeSpan At, string Room, long Number, string Author, string Text) : Note(At);

    /// <summary>The client was shown a direct message to it.</summary>
    public sealed record ShownDirect(TimeSpan At, long Number, string Author, string Text) : Note(At);

    /// <summary>The client was shown that somebody came into a room.</summary>
    public sealed record OtherEntered(TimeSpan At, string Room, string Name) : Note(At);

    /// <summary>The client was shown that somebody left a room.</summary>
    public sealed record OtherLeft(TimeSpan At, string Room, string Name) : Note(At);

    /// <summary>The client was shown that somebody left the server.</summary>
    public sealed record OtherQuit(TimeSpan At, string Name) : Note(At);

    /// <summary>The client was shown that somebody has another name.</summary>
    public sealed record OtherRenamed(TimeSpan At, string Name, string NewName) : Note(At);

    /// <summary>The client was told that it was not shown everything.</summary>
    public sealed record ToldOfGap(TimeSpan At) : Note(At);

    /// <summary>At the end of a round, when nothing was on its way: who is in a room, as the client's node says.</summary>
    public sealed record Listed(TimeSpan At, int Round, string Room, IReadOnlyList<string> Names) : Note(At);

    /// <summary>At the end of a round: the last messages of a room, as the client's node reads them from history, the oldest first.</summary>
    public sealed record Read(TimeSpan At, int Round, string Room, IReadOnlyList<(long Number, string Text)> Messages) : Note(At);

    /// <summary>The connection has ended.</summary>
    public sealed record Ended(TimeSpan At, string Reason) : Note(At);
}
