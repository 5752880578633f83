using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.Tests.Fixtures;

/// <summary>A registry that takes time, as one on a disk does, and with which a test can do as it likes.</summary>
internal sealed class HookedRegistry : IRoomRegistry
{
    private readonly MemoryRoomRegistry _rooms = new();

    public bool IsInMemory => false;

    /// <summary>Comes before each change; what it throws, the registry does.</summary>
    public Action? BeforeChange { get; set; }

    public IReadOnlyList<RegisteredRoom> Load() => _rooms.Load();

    public void Save(RegisteredRoom room)
    {
        BeforeChange?.Invoke();
        _rooms.Save(room);
    }

    public void Remove(RoomLife room)
    {
        BeforeChange?.Invoke();
        _rooms.Remove(room);
    }

    /// <summary>Has it fail from here on.</summary>
    public void Fail() => BeforeChange = () => throw new RoomRegistryException("The disk is full");

    public void Dispose()
    {
    }
}
