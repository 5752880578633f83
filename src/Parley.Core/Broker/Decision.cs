using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Answer to an intention.</summary>
/// <param name="Verdict">Whether it has happened, and if not, why.</param>
public readonly record struct Decision(Verdict Verdict)
{
    /// <summary>The modes of a room that have changed, and those that were refused; null for any other intention, or if there is no such room.</summary>
    public ModesResult? Modes { get; init; }

    /// <summary>The message as it is shown, for an intention to say something that is awaited; null otherwise.</summary>
    public MessagePosted? Posted { get; init; }

    /// <summary>Time until the same is accepted, if nothing else changes; null if waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The pattern of the word filter that refused a message; null for none.</summary>
    public string? Pattern { get; init; }

    /// <summary>The ban, for an intention to come in that was refused because of one; null otherwise.</summary>
    public EntryBan? Ban { get; init; }

    /// <summary>The recipients of a direct message who are not here, and did not get it; null for none.</summary>
    public IReadOnlyList<UserName>? Missing { get; init; }

    /// <summary>Author of the message that was taken away, if that is somebody else than whoever asked; empty otherwise.</summary>
    public UserName Silenced { get; init; }
}
