using Parley.Core.Events;
using Parley.Core.Intentions;

namespace Parley.Core.Broker.Timeline;

/// <summary>A room's answer to somebody who says something.</summary>
/// <param name="Verdict">Whether the room takes it.</param>
/// <param name="Message">The message as it was decided; null if it was refused.</param>
/// <param name="Wait">If the room is behind: completes when its members were given what they lack.</param>
/// <param name="Shown">Completes when the message is shown, or could not be kept; null if it is, or if nobody wants to know.</param>
/// <param name="Step">The message on its way; null if it is shown.</param>
internal readonly record struct Posting(
    Verdict Verdict, MessagePosted? Message = null, Task? Wait = null, Task<Verdict>? Shown = null, MessageStep? Step = null)
{
    /// <summary>Time until the room takes a message that comes too soon.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The pattern of the word filter that refused the message; null for none.</summary>
    public string? Pattern { get; init; }
}
