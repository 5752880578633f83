using Parley.Core.Accounts;
using Xunit;

namespace Parley.Specification;

/// <summary>Behaviour of every store of invitations. An implementation derives one class from this, and passes.</summary>
public abstract class InvitationStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IInvitationStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_is_listed_and_found_as_it_was_made()
    {
        var wanted = new ServerInvitation("a", "root", Noon, Uses: 3) { Expires = Noon.AddDays(1).AddTicks(1), Note = "für\0Ann" };

        var made = await Store.AddAsync(wanted, Token);

        Assert.Equal(wanted with { Id = made.Id }, made);
        Assert.Equal(made, Assert.Single(await Store.ListAsync(Token)));
        Assert.Equal(made, await Store.FindAsync("a", Token));
        Assert.Null(await Store.FindAsync("b", Token));
    }

    [Fact]
    public async Task An_invitation_can_be_used_so_often_and_what_came_to_nothing_is_given_back()
    {
        await Store.AddAsync(new ServerInvitation("a", "root", Noon, Uses: 2), Token);

        Assert.True(await Store.UseAsync("a", Noon, Token));
        Assert.True(await Store.UseAsync("a", Noon, Token));
        Assert.False(await Store.UseAsync("a", Noon, Token));
        await Store.GiveBackAsync("a", Token);
        Assert.True(await Store.UseAsync("a", Noon, Token));

        Assert.False(await Store.UseAsync("b", Noon, Token));
        Assert.Equal((0, 2), (await Store.FindAsync("a", Token)) is { } found ? (found.Uses, found.Used) : default);
    }

    [Fact]
    public async Task An_invitation_that_is_over_cannot_be_used()
    {
        await Store.AddAsync(new ServerInvitation("a", "root", Noon, Uses: 1) { Expires = Noon.AddDays(1) }, Token);

        Assert.False(await Store.UseAsync("a", Noon.AddDays(1), Token));
        Assert.True(await Store.UseAsync("a", Noon.AddDays(1).AddTicks(-1), Token));
    }

    [Fact]
    public async Task An_invitation_that_was_removed_is_gone_and_its_number_does_not_come_again()
    {
        var first = await Store.AddAsync(new ServerInvitation("a", "root", Noon, Uses: 1), Token);

        Assert.Equal(first, await Store.RemoveAsync(first.Id, Token));

        Assert.Null(await Store.RemoveAsync(first.Id, Token));
        Assert.False(await Store.UseAsync("a", Noon, Token));
        Assert.True((await Store.AddAsync(new ServerInvitation("b", "root", Noon, Uses: 1), Token)).Id > first.Id);
    }
}
