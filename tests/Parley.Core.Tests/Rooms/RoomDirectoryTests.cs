using System.IO.Pipelines;
using Parley.Core.Broker.Rooms;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Tests.Rooms;

public sealed class RoomDirectoryTests
{
    [Fact]
    public void Taking_a_closed_room_off_the_list_leaves_one_of_the_same_name_that_was_made_since()
    {
        var rooms = new RoomDirectory(TimeProvider.System, PipeScheduler.ThreadPool);
        Assert.True(RoomName.TryParse("main", out var name));
        var old = rooms.GetOrAdd(name);
        rooms.Remove(name, old);
        var made = rooms.GetOrAdd(name);

        rooms.Remove(name, old);

        Assert.NotSame(old, made);
        Assert.Same(made, rooms.GetOrAdd(name));
        Assert.Equal([name], rooms.After(default, limit: 10));

        rooms.Remove(name, made);
        Assert.Empty(rooms.After(default, limit: 10));
    }
}
