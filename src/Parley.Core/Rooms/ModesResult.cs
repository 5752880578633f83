using Parley.Core.Events;
using Parley.Core.Intentions;

namespace Parley.Core.Rooms;

/// <summary>Result of a request to change modes.</summary>
/// <param name="Applied">What has changed; may be none.</param>
/// <param name="Refused">What was refused, and why; what would have changed nothing is in neither.</param>
public sealed record ModesResult(
    IReadOnlyList<RoomModeChange> Applied,
    IReadOnlyList<(RoomModeChange Change, Verdict Why)> Refused)
{
    /// <summary>Nothing was asked.</summary>
    public static ModesResult None { get; } = new([], []);
}
