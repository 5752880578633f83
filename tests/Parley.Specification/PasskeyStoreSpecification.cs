using Parley.Core.Accounts;
using Xunit;

namespace Parley.Specification;

/// <summary>Behaviour of every store of passkeys. An implementation derives one class from this, and passes.</summary>
public abstract class PasskeyStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IPasskeyStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An account that is there.</summary>
    protected abstract ValueTask<AccountId> AccountAsync(string name);

    [Fact]
    public async Task A_passkey_is_listed_and_found_as_it_was_made()
    {
        var ann = await AccountAsync("Ann");

        var made = await Store.AddAsync(Made(ann, 1) with { Name = "Anns\0Telefön", SignCount = uint.MaxValue }, most: 5, Token);

        Assert.Equal(made!.Id, Assert.Single(await Store.ListAsync(ann, Token)).Id);
        var found = await Store.FindAsync(new byte[] { 1, 0, 255 }, Token);
        Assert.NotNull(found);
        Assert.Equal((made.Id, ann, "Anns\0Telefön", Noon, uint.MaxValue, null), (found.Id, found.Account, found.Name, found.Made, found.SignCount, found.Used));
        Assert.Equal([1, 0, 255], found.Credential.ToArray());
        Assert.Equal([9, 0, 8], found.PublicKey.ToArray());
        Assert.Null(await Store.FindAsync(new byte[] { 2 }, Token));
    }

    [Fact]
    public async Task A_credential_belongs_to_one_account()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        Assert.NotNull(await Store.AddAsync(Made(ann, 1), most: 5, Token));

        Assert.Null(await Store.AddAsync(Made(bob, 1), most: 5, Token));

        Assert.Equal(ann, (await Store.FindAsync(Made(bob, 1).Credential, Token))!.Account);
        Assert.Empty(await Store.ListAsync(bob, Token));
    }

    [Fact]
    public async Task An_account_has_so_many_passkeys_at_most()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        Assert.NotNull(await Store.AddAsync(Made(ann, 1), most: 2, Token));
        Assert.NotNull(await Store.AddAsync(Made(ann, 2), most: 2, Token));

        Assert.Null(await Store.AddAsync(Made(ann, 3), most: 2, Token));

        Assert.NotNull(await Store.AddAsync(Made(bob, 3), most: 2, Token));
        Assert.Equal(2, (await Store.ListAsync(ann, Token)).Count);
    }

    [Fact]
    public async Task A_use_is_noted()
    {
        var ann = await AccountAsync("Ann");
        await Store.AddAsync(Made(ann, 1), most: 5, Token);

        await Store.UsedAsync(Made(ann, 1).Credential, 7, Noon.AddDays(1), Token);
        await Store.UsedAsync(Made(ann, 2).Credential, 8, Noon.AddDays(1), Token);

        var passkey = Assert.Single(await Store.ListAsync(ann, Token));
        Assert.Equal((7u, Noon.AddDays(1)), (passkey.SignCount, passkey.Used!.Value));
    }

    [Fact]
    public async Task A_passkey_is_removed_by_its_own_account_alone()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        var passkey = await Store.AddAsync(Made(ann, 1), most: 5, Token);

        Assert.Null(await Store.RemoveAsync(bob, passkey!.Id, Token));
        Assert.Equal(passkey.Id, (await Store.RemoveAsync(ann, passkey.Id, Token))?.Id);

        Assert.Null(await Store.FindAsync(passkey.Credential, Token));
        Assert.True((await Store.AddAsync(Made(bob, 1), most: 5, Token))!.Id > passkey.Id);
    }

    private static Passkey Made(AccountId account, byte credential) => new(account, new byte[] { credential, 0, 255 }, new byte[] { 9, 0, 8 }, "phone", Noon);
}
