using Parley.Core.Accounts;
using Xunit;

namespace Parley.Specification;

/// <summary>Behaviour of every store of devices. An implementation derives one class from this, and passes.</summary>
public abstract class DeviceStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IDeviceStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An account that is there.</summary>
    protected abstract ValueTask<AccountId> AccountAsync(string name);

    [Fact]
    public async Task A_device_is_listed_and_found_as_it_was_made()
    {
        var ann = await AccountAsync("Ann");
        var wanted = Made(ann, "a") with { Name = "Anns\0Läptop", Outside = "https://id.example.org 7" };

        var device = await Store.AddAsync(wanted, most: 5, Token);

        Assert.Equal(wanted with { Id = device.Id }, device);
        Assert.Equal(device, Assert.Single(await Store.ListAsync(ann, Token)));
        Assert.Equal(device, await Store.FindAsync("a", Token));
        Assert.Null(await Store.FindAsync("b", Token));
        Assert.Empty(await Store.ListAsync(await AccountAsync("Bob"), Token));
    }

    [Fact]
    public async Task The_device_that_was_seen_last_is_the_first()
    {
        var ann = await AccountAsync("Ann");
        await Store.AddAsync(Made(ann, "a"), most: 5, Token);
        await Store.AddAsync(Made(ann, "b"), most: 5, Token);
        await Store.SeenAsync("a", Noon.AddHours(2), Noon.AddDays(9), Token);
        await Store.SeenAsync("nobody", Noon.AddHours(2), Noon.AddDays(9), Token);

        var devices = await Store.ListAsync(ann, Token);

        Assert.Equal(["a", "b"], devices.Select(device => device.Hash));
        Assert.Equal((Noon.AddHours(2), Noon.AddDays(9)), (devices[0].LastSeen, devices[0].Until));
    }

    [Fact]
    public async Task Of_too_many_devices_of_an_account_the_one_that_was_seen_the_longest_ago_goes()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        await Store.AddAsync(Made(bob, "other"), most: 2, Token);
        await Store.AddAsync(Made(ann, "a"), most: 2, Token);
        await Store.AddAsync(Made(ann, "b"), most: 2, Token);
        await Store.SeenAsync("a", Noon.AddHours(1), Noon.AddDays(9), Token);

        await Store.AddAsync(Made(ann, "c") with { Made = Noon.AddHours(2), LastSeen = Noon.AddHours(2) }, most: 2, Token);

        Assert.Equal(["c", "a"], (await Store.ListAsync(ann, Token)).Select(device => device.Hash));
        Assert.Single(await Store.ListAsync(bob, Token));
    }

    [Fact]
    public async Task Devices_that_are_over_make_way_first()
    {
        var ann = await AccountAsync("Ann");
        await Store.AddAsync(Made(ann, "a"), most: 2, Token);
        await Store.AddAsync(Made(ann, "b") with { LastSeen = Noon.AddHours(1), Until = Noon.AddHours(2) }, most: 2, Token);

        await Store.AddAsync(Made(ann, "c") with { Made = Noon.AddHours(2), LastSeen = Noon.AddHours(2) }, most: 2, Token);

        Assert.Equal(["c", "a"], (await Store.ListAsync(ann, Token)).Select(device => device.Hash));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_for_a_while_ends_no_device_for_good()
    {
        var ann = await AccountAsync("Ann");
        await Store.AddAsync(Made(ann, "a"), most: 3, Token);
        await Store.AddAsync(Made(ann, "b"), most: 3, Token);

        await Store.AddAsync(Made(ann, "c") with { Made = Noon.AddYears(50), LastSeen = Noon.AddYears(50), Until = Noon.AddYears(51) }, most: 3, Token);

        Assert.Equal(["c", "b", "a"], (await Store.ListAsync(ann, Token)).Select(device => device.Hash));
    }

    [Fact]
    public async Task A_device_is_removed_by_its_own_account_alone()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        var device = await Store.AddAsync(Made(ann, "a"), most: 5, Token);

        Assert.Null(await Store.RemoveAsync(bob, device.Id, Token));
        Assert.Equal(device, await Store.RemoveAsync(ann, device.Id, Token));

        Assert.Null(await Store.RemoveAsync(ann, device.Id, Token));
        Assert.Null(await Store.FindAsync("a", Token));
        Assert.True((await Store.AddAsync(Made(ann, "b"), most: 5, Token)).Id > device.Id);
    }

    [Fact]
    public async Task All_devices_of_an_account_are_removed_at_once()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        await Store.AddAsync(Made(ann, "a"), most: 5, Token);
        await Store.AddAsync(Made(ann, "b"), most: 5, Token);
        await Store.AddAsync(Made(bob, "c"), most: 5, Token);

        Assert.Equal(2, await Store.RemoveAllAsync(ann, Token));

        Assert.Equal(0, await Store.RemoveAllAsync(ann, Token));
        Assert.NotNull(await Store.FindAsync("c", Token));
    }

    private static Device Made(AccountId account, string hash) => new(account, hash, hash, Noon, Noon, Noon.AddDays(7));
}
