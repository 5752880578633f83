using Npgsql;
using Parley.Cluster.Membership;
using Parley.Cluster.Tests.Support;
using Parley.Storage.PostgreSql.Tests;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Membership;

/// <summary>A term begins for a node that takes part, once, and where nobody else is home; whatever else happens at the same moment.</summary>
public sealed class ClaimTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("state = 1", "a node that drains")]
    [InlineData("state = 2", "a node that has left")]
    [InlineData("state = 3", "a node that was found dead")]
    [InlineData("heartbeat = now() - interval '2 days'", "a node that was away")]
    public async Task Nobody_else_takes_a_free_place(string change, string _)
    {
        await using var tables = await TablesAsync();
        tables.Execute($"UPDATE parley_cluster.node SET {change} WHERE generation = 1");

        Assert.Null(await tables.ClaimAsync(1));
        Assert.Equal(0L, tables.Ask("SELECT term FROM parley.fence"));
        Assert.Equal(new ClusterHome(1, 2), await tables.ClaimAsync(2));
    }

    [Fact]
    public async Task A_place_that_is_kept_for_another_is_free_a_little_later()
    {
        await using var tables = await TablesAsync();
        tables.Execute("UPDATE parley_cluster.home SET preferred = 2, since = now() + interval '1 day'");
        Assert.Null(await tables.ClaimAsync(1));
        tables.Execute("UPDATE parley_cluster.home SET since = now() - interval '1 day'");
        Assert.Equal(new ClusterHome(1, 1), await tables.ClaimAsync(1));
    }

    [Fact]
    public async Task Of_two_that_claim_at_once_one_is_home()
    {
        await using var tables = await TablesAsync();
        var (one, two) = await tables.BehindAsync("SELECT 1 FROM home FOR UPDATE", "SELECT 1", waiting: 2, () => (tables.ClaimAsync(1), tables.ClaimAsync(2)));

        var homes = await Task.WhenAll(one, two).WithinSafetyAsync();

        Assert.Single(homes, home => home?.Term == 1);
        Assert.Single(homes, home => home is null);
        Assert.Equal(1L, tables.Ask("SELECT term FROM parley.fence"));
    }

    [Fact]
    public async Task A_node_that_is_found_dead_while_it_claims_is_not_home()
    {
        await using var tables = await TablesAsync();
        var (claim, _) = await tables.BehindAsync(
            "SELECT 1 FROM home FOR UPDATE", "UPDATE node SET state = 3 WHERE generation = 1", waiting: 1, () => (tables.ClaimAsync(1), Task.FromResult<ClusterHome?>(null)));

        Assert.Null(await claim.WithinSafetyAsync());
        Assert.Null((await tables.Table.ReadHomeAsync(Token)).Generation);
    }

    [Fact]
    public async Task A_home_that_gives_a_sign_of_life_while_its_place_is_claimed_keeps_it()
    {
        await using var tables = await TablesAsync();
        await tables.ClaimAsync(1);
        tables.Execute("UPDATE parley_cluster.node SET heartbeat = now() - interval '2 days' WHERE generation = 1; UPDATE parley_cluster.node SET steady = now() - interval '2 days' WHERE generation = 2");
        var (claim, _) = await tables.BehindAsync(
            "SELECT 1 FROM home FOR UPDATE", "UPDATE node SET heartbeat = now() WHERE generation = 1", waiting: 1, () => (tables.ClaimAsync(2), Task.FromResult<ClusterHome?>(null)));

        Assert.Null(await claim.WithinSafetyAsync());
        Assert.Equal((1, 1), await tables.Table.ReadHomeAsync(Token) is var (term, generation, _) ? (term, generation) : default);
    }

    [Fact]
    public async Task Whoever_stands_still_while_it_claims_holds_up_no_other()
    {
        await using var tables = await TablesAsync(TimeSpan.FromSeconds(1));
        await using var frozen = await MembershipConnection.OpenAsync(tables.Options, Token);
        await using var claim = await frozen.BeginTransactionAsync(Token);
        await using (var look = new NpgsqlCommand("SELECT 1 FROM home FOR UPDATE", frozen))
        {
            await look.ExecuteNonQueryAsync(Token);
        }

        tables.Execute("UPDATE parley_cluster.node SET heartbeat = now() + interval '1 day'");
        Assert.Equal(new ClusterHome(1, 2), await tables.ClaimAsync(2).WithinSafetyAsync());

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => claim.CommitAsync(Token));
    }

    [Fact]
    public async Task Only_the_home_finds_others_dead_at_once()
    {
        await using var tables = await TablesAsync();
        var home = (await tables.ClaimAsync(1))!.Value;

        Assert.False(await tables.Table.ExpelAsync(home with { Term = 2 }, 2, "unreachable", Token));
        Assert.False(await tables.Table.ExpelAsync(new ClusterHome(1, 2), 1, "unreachable", Token));
        Assert.False(await tables.Table.ExpelAsync(home, 1, "itself", Token));
        Assert.True(await tables.Table.ExpelAsync(home, 2, "unreachable", Token));
        Assert.False(await tables.Table.ExpelAsync(home, 2, "again", Token));

        Assert.Equal("unreachable", await tables.Table.EndReasonAsync(2, Token));
    }

    private async Task<TwoNodes> TablesAsync(TimeSpan? homeTimeout = null)
    {
        var tables = new TwoNodes(server, homeTimeout ?? TimeSpan.FromDays(1));
        await tables.AddAsync();
        return tables;
    }
}
