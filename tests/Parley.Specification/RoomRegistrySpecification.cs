using Parley.Core.Accounts;
using Parley.Core.Broker.Rooms;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Xunit;

namespace Parley.Specification;

/// <summary>What every registry of rooms does. An implementation derives one class from this, and passes.</summary>
public abstract class RoomRegistrySpecification : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private IRoomRegistry? _registry;

    protected IRoomRegistry Registry => _registry ??= Open();

    public virtual ValueTask DisposeAsync()
    {
        _registry?.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>Opens the registry under test, which is empty at first. The second time, it is another one on the same data where there is any.</summary>
    protected abstract IRoomRegistry Open();

    /// <summary>An account that the registry may find.</summary>
    protected abstract ValueTask<ProvenAccount> AccountAsync(string name);

    [Fact]
    public async Task A_room_is_kept_with_all_that_it_has()
    {
        var (ann, bob, cyd) = (await AccountAsync("Ann"), await AccountAsync("Bob"), await AccountAsync("Zoë"));
        var room = new RegisteredRoom(Room("Küche"), RoomLife.Begin(), Noon, new RoomRegistration(ann, Noon.AddHours(1)) { Roles = [new(bob, MemberRank.Operator, Noon.AddHours(2)), new(cyd, MemberRank.Voice, Noon.AddHours(3))] })
        {
            Topic = new RoomTopic("tea; 'quoted' \u0002bold\u0002", "Ann", Noon.AddHours(4)),
            Settings =
            [
                new(RoomMode.Secret), new(RoomMode.MembersOnly), new(RoomMode.Key, "sesame"), new(RoomMode.Limit, "12"), new(RoomMode.Filter, "*späm*", "Ann", Noon),
                new(RoomMode.Ban, "*!*@b", "Ann", Noon), new(RoomMode.Ban, "*!*@a", "Bob", Noon.AddMinutes(1)), new(RoomMode.InviteException, "$a:cyd", "Ann", Noon),
                new(RoomMode.Ban, "~a:Zoë", "Ann", Noon) { Until = Noon.AddDays(1).AddTicks(1), Reason = "zu laut\0", Name = "Zoë", Who = Identity.Of(cyd.Id) },
            ],
            Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = "https://example.org", ["display-name"] = "The Kitchen" },
        };

        Registry.Save(room);

        MustBe(room, Assert.Single(Reopened().Load()));
    }

    [Fact]
    public async Task What_is_kept_last_stands_in_the_place_of_what_was_before()
    {
        var ann = await AccountAsync("Ann");
        var first = New("attic", ann) with { Topic = new RoomTopic("old", "Ann", Noon), Settings = [new(RoomMode.Key, "k")], Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" } };
        Registry.Save(first);

        var second = first with { Name = Room("Loft"), Topic = null, Settings = [new(RoomMode.Secret)], Values = new Dictionary<string, string>(StringComparer.Ordinal) };
        Registry.Save(second);

        MustBe(second, Assert.Single(Reopened().Load()));
    }

    [Fact]
    public async Task A_name_that_a_renamed_room_gave_up_is_free()
    {
        var ann = await AccountAsync("Ann");
        var first = New("attic", ann);
        Registry.Save(first);
        Registry.Save(first with { Name = Room("loft") });
        Registry.Save(New("attic", ann));

        Assert.Equal(["attic", "loft"], Reopened().Load().Select(room => room.Name.Value));
    }

    [Fact]
    public async Task A_room_that_is_removed_is_gone_and_others_stay()
    {
        var ann = await AccountAsync("Ann");
        var (gone, stays) = (New("gone", ann), New("stays", ann));
        Registry.Save(gone);
        Registry.Save(stays);

        Registry.Remove(gone.Life);
        Registry.Remove(gone.Life);

        Assert.Equal("stays", Assert.Single(Reopened().Load()).Name.Value);
    }

    protected static RegisteredRoom New(string name, ProvenAccount founder, params RoomRole[] roles)
        => new(Room(name), RoomLife.Begin(), Noon, new RoomRegistration(founder, Noon) { Roles = roles });

    protected static RoomRole Role(ProvenAccount account, MemberRank rank) => new(account, rank, Noon);

    protected static RoomName Room(string name) => RoomName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));

    /// <summary>The registry after a restart, where it outlives one.</summary>
    protected IRoomRegistry Reopened()
    {
        if (Registry.IsInMemory)
        {
            return Registry;
        }

        Registry.Dispose();
        return _registry = Open();
    }

    private static void MustBe(RegisteredRoom expected, RegisteredRoom found)
    {
        Assert.Equal((expected.Name.Value, expected.Life, expected.Created, expected.Topic), (found.Name.Value, found.Life, found.Created, found.Topic));
        Assert.Equal((expected.Registration.Founder, expected.Registration.Registered), (found.Registration.Founder, found.Registration.Registered));
        Assert.Equal(expected.Registration.Roles, found.Registration.Roles);
        Assert.Equal(expected.Settings, found.Settings);
        Assert.Equal(expected.Values.OrderBy(value => value.Key), found.Values.OrderBy(value => value.Key));
    }
}
