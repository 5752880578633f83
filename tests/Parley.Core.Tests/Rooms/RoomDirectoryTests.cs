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

    [Fact]
    public void A_name_that_is_taken_again_while_it_is_taken_off_stays_in_the_order_of_names()
    {
        var names = new NameIndex<RoomName>();
        Assert.True(RoomName.TryParse("main", out var name));
        var isThere = true;
        names.Changed(name, _ => isThere);

        // One has taken it off, and another has made it anew before the first comes here: what counts is what is there now.
        names.Changed(name, _ => isThere);
        Assert.Equal([name], names.After(default, limit: 10));

        isThere = false;
        names.Changed(name, _ => isThere);
        Assert.Empty(names.After(default, limit: 10));
    }

    [Fact]
    public void Names_behind_the_last_and_behind_one_that_is_gone_are_told_right()
    {
        var names = new NameIndex<RoomName>();
        var all = ((string[])["alfa", "bravo", "delta"]).Select(text => RoomName.TryParse(text, out var name) ? name : default).ToArray();
        foreach (var name in all)
        {
            names.Changed(name, _ => true);
        }

        Assert.True(RoomName.TryParse("charlie", out var gone));
        Assert.True(RoomName.TryParse("zulu", out var behind));
        Assert.Equal(all[..2], names.After(default, limit: 2));
        Assert.Equal(all[1..], names.After(all[0], limit: 2));
        Assert.Equal([all[2]], names.After(gone, limit: 2));
        Assert.Empty(names.After(all[2], limit: 2));
        Assert.Empty(names.After(behind, limit: 2));
    }
}
