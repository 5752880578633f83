using Parley.Core.Names;

namespace Parley.Core.Hooks;

/// <summary>Somebody outside who is told by HTTP what is said. Never changed: another one takes its place.</summary>
/// <param name="Url">Where to post it: http or https.</param>
/// <param name="Secret">Signs what is sent. Kept as it is, since signing needs it.</param>
/// <param name="Created">When it was added, UTC.</param>
public sealed record WebHook(Uri Url, string Secret, DateTimeOffset Created)
{
    /// <summary>Given by the store, never twice.</summary>
    public long Id { get; init; }

    /// <summary>The rooms that it is about; none: all of them.</summary>
    public IReadOnlyList<RoomName> Rooms { get; init; } = [];

    /// <summary>Words of which one must be in a message; none: every message.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];
}
