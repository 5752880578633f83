using Parley.Core.Accounts;
using Xunit;

namespace Parley.Specification;

public abstract partial class AccountStoreSpecification
{
    [Fact]
    public async Task An_account_is_found_by_each_of_its_keys_of_ssh()
    {
        await CreateAsync("Ann", "Bob");
        Assert.True(await Store.AddSshKeyAsync(User("Ann"), Key('1', "ann@laptop"), Token));
        Assert.True(await Store.AddSshKeyAsync(User("ANN"), Key('2'), Token));
        Assert.True(await Store.AddSshKeyAsync(User("Bob"), Key('3'), Token));

        Assert.Equal("Ann", (await Store.FindBySshKeyAsync(Key('1'), Token))?.Name.Value);
        Assert.Equal("Ann", (await Store.FindBySshKeyAsync(Key('2'), Token))?.Name.Value);
        Assert.Equal("Bob", (await Store.FindBySshKeyAsync(Key('3'), Token))?.Name.Value);
        Assert.Null(await Store.FindBySshKeyAsync(Key('4'), Token));
        Assert.Equal([$"{Key('1').Fingerprint} ann@laptop", Key('2').Fingerprint], (await Store.ListSshKeysAsync(User("ann"), Token)).Select(key => key.ToString()));
    }

    [Fact]
    public async Task A_key_of_ssh_belongs_to_one_account()
    {
        await CreateAsync("Ann", "Bob");
        await Store.AddSshKeyAsync(User("Ann"), Key('1'), Token);

        Assert.False(await Store.AddSshKeyAsync(User("Bob"), Key('1'), Token));
        Assert.False(await Store.AddSshKeyAsync(User("Ann"), Key('1', "another comment"), Token));
        Assert.False(await Store.AddSshKeyAsync(User("Cid"), Key('2'), Token));
        Assert.False(await Store.RemoveSshKeyAsync(User("Bob"), Key('1'), Token));
        Assert.True(await Store.RemoveSshKeyAsync(User("Ann"), Key('1'), Token));
        Assert.False(await Store.RemoveSshKeyAsync(User("Ann"), Key('1'), Token));

        Assert.Null(await Store.FindBySshKeyAsync(Key('1'), Token));
        Assert.True(await Store.AddSshKeyAsync(User("Bob"), Key('1'), Token));
    }

    [Fact]
    public async Task A_removed_account_leaves_its_keys_of_ssh_to_others()
    {
        await CreateAsync("Ann", "Bob");
        await Store.AddSshKeyAsync(User("Ann"), Key('1'), Token);

        Assert.True(await Store.DeleteAsync(User("Ann"), Token));

        Assert.Null(await Store.FindBySshKeyAsync(Key('1'), Token));
        Assert.True(await Store.AddSshKeyAsync(User("Bob"), Key('1'), Token));
    }

    /// <summary>A key whose fingerprint has one digit many times.</summary>
    private static SshKey Key(char digit, string comment = "")
        => SshKey.TryRestore($"SHA256:{new string(digit, 42)}A", comment, out var key) ? key : throw new ArgumentException($"{digit}", nameof(digit));
}
