using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Queries;

/// <summary>A user, as data.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that it wears.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="SignedOn">When it came, UTC.</param>
internal sealed record UserSnapshot(long Id, UserName Name, UserProfile Profile, DateTimeOffset SignedOn)
{
    /// <summary>Number of the changes of its name, profile and values: of two snapshots of one user, the one with more is the later one.</summary>
    public long Version { get; init; }

    /// <summary>When it last said something, or came, UTC.</summary>
    public DateTimeOffset LastSpoke { get; init; }

    /// <summary>Values that it has set under keys.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = KeptValues.None;
}
