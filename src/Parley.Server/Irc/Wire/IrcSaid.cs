using Parley.Core.Events;

namespace Parley.Server.Irc.Wire;

/// <summary>A message that is about to be written: what was said, by whom, to whom.</summary>
internal readonly ref struct IrcSaid
{
    /// <summary>The author.</summary>
    public required Actor From { get; init; }

    /// <summary>When it was accepted, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Content of the message.</summary>
    public required MessageDraft Draft { get; init; }

    /// <summary>Prefix of the name of a room; empty before that of a user.</summary>
    public required string Prefix { get; init; }

    /// <summary>The name of the room, or of the recipient.</summary>
    public required string To { get; init; }

    /// <summary>Id by which clients know the message.</summary>
    public required ReadOnlySpan<byte> Id { get; init; }

    /// <summary>Tells it from whatever else is written for the same client at the same time.</summary>
    public required long Reference { get; init; }

    /// <summary>The tag that says what it answers, <c>label=x</c>, or what it belongs to, <c>batch=x</c>; null for none.</summary>
    public string? Response { get; init; }
}
