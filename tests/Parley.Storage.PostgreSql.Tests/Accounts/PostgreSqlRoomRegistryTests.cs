using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Specification;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

public sealed class PostgreSqlRoomRegistryTests : RoomRegistrySpecification
{
    private readonly PostgreSqlServer _server;
    private readonly DatabaseAddress _address;
    private readonly PostgreSqlDatabase _accounts;

    public PostgreSqlRoomRegistryTests(PostgreSqlServer server)
    {
        _server = server;
        _address = server.NewDatabase();
        _accounts = PostgreSqlDatabase.Open(_address);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _accounts.DisposeAsync();
    }

    [Fact]
    public async Task A_role_ends_with_its_account_and_the_oldest_operator_follows_a_founder_who_is_removed()
    {
        var (ann, bob, cyd, dan) = (await AccountAsync("Ann"), await AccountAsync("Bob"), await AccountAsync("Cyd"), await AccountAsync("Dan"));
        Registry.Save(New("attic", ann, Role(dan, MemberRank.Voice), Role(bob, MemberRank.Operator), Role(cyd, MemberRank.Operator)));
        await _accounts.Accounts.DeleteAsync(ann.Name, Token);
        await _accounts.Accounts.DeleteAsync(dan.Name, Token);

        var left = Assert.Single(Reopened().Load()).Registration;

        Assert.Equal((bob, cyd), (left.Founder, Assert.Single(left.Roles).Account));
    }

    [Fact]
    public async Task A_room_without_an_operator_who_could_follow_is_registered_no_more_and_its_name_is_free()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        Registry.Save(New("attic", ann, Role(bob, MemberRank.HalfOperator)));
        await _accounts.Accounts.DeleteAsync(ann.Name, Token);

        Assert.Empty(Reopened().Load());
        Registry.Save(New("attic", bob));
        Assert.Equal(bob, Assert.Single(Reopened().Load()).Registration.Founder);
    }

    [Fact]
    public async Task A_second_server_is_refused_until_the_first_has_ended()
    {
        Registry.Save(New("attic", await AccountAsync("Ann")));
        using var second = _accounts.OpenRooms();

        var refusal = Assert.Throws<RoomRegistryException>(() => second.Load());

        Assert.Equal($"Another server keeps its rooms in {_address}: stop that one, or use another database", refusal.Message);
        Assert.Throws<RoomRegistryException>(() => _accounts.OpenRooms(new WriteFence(0)).Load());
        Registry.Dispose();
        Assert.Single(second.Load());
    }

    [Fact]
    public async Task Nodes_of_a_cluster_share_and_one_whose_term_is_over_changes_nothing()
    {
        var room = New("attic", await AccountAsync("Ann"));
        using var earlier = _accounts.OpenRooms(new WriteFence(0));
        earlier.Save(room);
        _server.Execute(_address.Database, "UPDATE fence SET term = 1");
        using var home = _accounts.OpenRooms(new WriteFence(1));

        Assert.Throws<RoomRegistryException>(() => earlier.Remove(room.Life));
        Assert.Throws<RoomRegistryException>(() => earlier.Save(room with { Settings = [new(RoomMode.Secret)] }));

        Assert.Empty(Assert.Single(home.Load()).Settings);
        home.Remove(room.Life);
        Assert.Empty(home.Load());
    }

    [Fact]
    public async Task A_connection_that_is_cut_costs_one_change_and_leaves_what_was_before()
    {
        var room = New("attic", await AccountAsync("Ann"));
        Registry.Save(room);
        _server.CutConnections(_address);

        Assert.Throws<RoomRegistryException>(() => Registry.Save(room with { Settings = [new(RoomMode.Secret)] }));
        Assert.Empty(Assert.Single(Registry.Load()).Settings);
        Registry.Save(room with { Settings = [new(RoomMode.Secret)] });
        Assert.Single(Assert.Single(Registry.Load()).Settings);
    }

    [Fact]
    public async Task A_room_whose_name_another_has_is_refused_and_nothing_of_it_is_kept()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        var attic = New("attic", ann);
        Registry.Save(attic);

        var refusal = Assert.Throws<RoomRegistryException>(() => Registry.Save(New("ATTIC", bob)));

        Assert.IsType<PostgresException>(refusal.InnerException);
        Assert.Equal(attic.Life, Assert.Single(Registry.Load()).Life);
    }

    [Fact]
    public async Task A_rule_that_this_version_does_not_know_is_not_left_out()
    {
        Registry.Save(New("attic", await AccountAsync("Ann")) with { Settings = [new(RoomMode.Secret)] });
        _server.Execute(_address.Database, "UPDATE registration_setting SET mode = 'Invisible'");

        var refusal = Assert.Throws<RoomRegistryException>(() => Reopened().Load());
        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
    }

    protected override IRoomRegistry Open() => _accounts.OpenRooms();

    protected override async ValueTask<ProvenAccount> AccountAsync(string name) => await _accounts.MakeAsync(name);
}
