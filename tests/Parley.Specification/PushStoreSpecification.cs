using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Push;
using Xunit;

namespace Parley.Specification;

/// <summary>Behaviour of every store of subscriptions to web push. An implementation derives one class from this, and passes.</summary>
public abstract class PushStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Two accounts that the store knows.</summary>
    protected static readonly AccountId Ann = new(7), Bob = new(8);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IPushStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_key_stays()
    {
        Assert.Equal("one", await Store.KeyAsync("one", Token));
        Assert.Equal("one", await Store.KeyAsync("two", Token));
    }

    [Fact]
    public async Task Subscriptions_are_listed_as_they_were_made()
    {
        var (phone, tablet) = (Subscription(Ann, "https://push.example/ä?a=b"), Subscription(Ann, "https://push.example/2") with { Capabilities = "" });
        Assert.True(await Store.SetAsync(phone, 2, Token));
        Assert.True(await Store.SetAsync(tablet, 2, Token));
        Assert.True(await Store.SetAsync(Subscription(Bob, "https://push.example/3"), 2, Token));

        Assert.Equal([phone, tablet], await Store.ListAsync(Ann, Token));
        Assert.Equal([Ann, Bob], (await Store.ListAccountsAsync(Token)).OrderBy(account => account.Value));
    }

    [Fact]
    public async Task The_newest_of_an_endpoint_takes_its_place_whosever_it_was()
    {
        await Store.SetAsync(Subscription(Ann, "https://push.example/1"), 2, Token);
        var renewed = Subscription(Ann, "https://push.example/1") with { PublicKey = "other", Secret = "more", Capabilities = "x y", Renewed = Noon.AddDays(1).AddTicks(1), Device = 9 };
        Assert.True(await Store.SetAsync(renewed, 1, Token));
        Assert.Equal([renewed], await Store.ListAsync(Ann, Token));

        var bobs = Subscription(Bob, "https://push.example/1");
        Assert.True(await Store.SetAsync(bobs, 1, Token));
        Assert.Empty(await Store.ListAsync(Ann, Token));
        Assert.Equal([bobs], await Store.ListAsync(Bob, Token));
    }

    [Fact]
    public async Task One_too_many_changes_nothing()
    {
        var first = Subscription(Ann, "https://push.example/1");
        var bobs = Subscription(Bob, "https://push.example/2");
        await Store.SetAsync(first, 1, Token);
        await Store.SetAsync(bobs, 1, Token);

        Assert.False(await Store.SetAsync(Subscription(Ann, "https://push.example/2"), 1, Token));

        Assert.Equal([first], await Store.ListAsync(Ann, Token));
        Assert.Equal([bobs], await Store.ListAsync(Bob, Token));
    }

    [Fact]
    public async Task Only_the_account_itself_removes_one_and_once()
    {
        await Store.SetAsync(Subscription(Ann, "https://push.example/1"), 1, Token);

        Assert.False(await Store.RemoveAsync(Bob, "https://push.example/1", Token));
        Assert.True(await Store.RemoveAsync(Ann, "https://push.example/1", Token));
        Assert.False(await Store.RemoveAsync(Ann, "https://push.example/1", Token));
        Assert.Empty(await Store.ListAccountsAsync(Token));
    }

    [Fact]
    public async Task Those_that_were_not_renewed_are_removed()
    {
        var last = Subscription(Ann, "https://push.example/2") with { Renewed = Noon };
        await Store.SetAsync(Subscription(Ann, "https://push.example/1") with { Renewed = Noon.AddTicks(-1) }, 2, Token);
        Assert.Equal(Noon.AddTicks(-1), await Store.LastRenewedAsync(Token));
        await Store.SetAsync(last, 2, Token);
        Assert.Equal(Noon, await Store.LastRenewedAsync(Token));

        Assert.Equal(1, await Store.RemoveOlderAsync(Noon, Token));
        Assert.Equal(0, await Store.RemoveOlderAsync(Noon, Token));
        Assert.Equal([last], await Store.ListAsync(Ann, Token));
    }

    [Fact]
    public async Task The_last_place_stays()
    {
        Assert.Null(await Store.LastRenewedAsync(Token));
        Assert.Null(await Store.FindPlaceAsync(Ann, Token));
        await Store.SetPlaceAsync(Ann, Place("Ann", [new RoomLife(1)]), Token);
        var place = Place("Änne", [new RoomLife(long.MaxValue), new RoomLife(3)]);
        await Store.SetPlaceAsync(Ann, place, Token);

        var found = await Store.FindPlaceAsync(Ann, Token);
        Assert.Equal(place.ToString(), found?.ToString());
        Assert.Equal(place.Rooms, found!.Rooms);
        Assert.Null(await Store.FindPlaceAsync(Bob, Token));
    }

    private static PushSubscription Subscription(AccountId account, string endpoint) => new(account, endpoint, "key", "secret", "message-tags server-time", Noon);

    private static LastPlace Place(string name, RoomLife[] rooms)
        => new(UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name)), "~ann", "abc.ip", rooms);
}
