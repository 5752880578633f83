using Parley.Core.Events;

namespace Parley.Core.Rooms;

/// <summary>Where registered rooms are kept. Every implementation passes <c>RoomRegistrySpecification</c>.</summary>
/// <remarks>
/// Called by one thread at a time, which may be blocked for it. Each change is kept wholly or not at all, and is there after the process
/// ended, but in memory. All methods throw <see cref="RoomRegistryException"/> where the store fails.
/// </remarks>
public interface IRoomRegistry : IDisposable
{
    /// <summary>True if it neither waits nor fails: then it is called where decisions are made, under a room's gate.</summary>
    bool IsInMemory { get; }

    /// <summary>
    /// All rooms, without the accounts that were removed since: see <see cref="RoomRegistration.Without"/>. Rooms that lost their
    /// registration with them are not among them.
    /// </summary>
    IReadOnlyList<RegisteredRoom> Load();

    /// <summary>Keeps a room, in place of the one of the same life if there is one.</summary>
    void Save(RegisteredRoom room);

    /// <summary>Keeps a room no more; does nothing if there is none of that life.</summary>
    void Remove(RoomLife room);
}
