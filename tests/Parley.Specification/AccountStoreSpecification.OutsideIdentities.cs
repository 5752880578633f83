using Parley.Core.Accounts;
using Xunit;

namespace Parley.Specification;

public abstract partial class AccountStoreSpecification
{
    [Fact]
    public async Task An_account_is_found_by_each_of_its_outside_identities()
    {
        await CreateAsync("Ann", "Bob");
        Assert.True(await Store.AddOutsideAsync(User("Ann"), Outside("1"), Token));
        Assert.True(await Store.AddOutsideAsync(User("ANN"), Outside("2"), Token));
        Assert.True(await Store.AddOutsideAsync(User("Bob"), Outside("3"), Token));

        Assert.Equal("Ann", (await Store.FindByOutsideAsync(Outside("1"), Token))?.Name.Value);
        Assert.Equal("Ann", (await Store.FindByOutsideAsync(Outside("2"), Token))?.Name.Value);
        Assert.Equal("Bob", (await Store.FindByOutsideAsync(Outside("3"), Token))?.Name.Value);
        Assert.Null(await Store.FindByOutsideAsync(Outside("4"), Token));
        Assert.Equal([Outside("1"), Outside("2")], await Store.ListOutsideAsync(User("ann"), Token));
    }

    [Fact]
    public async Task Subjects_are_told_apart_by_case_and_by_issuer()
    {
        await CreateAsync("Ann");
        await Store.AddOutsideAsync(User("Ann"), Outside("subject é"), Token);

        Assert.NotNull(await Store.FindByOutsideAsync(Outside("subject é"), Token));
        Assert.Null(await Store.FindByOutsideAsync(Outside("Subject é"), Token));
        Assert.Null(await Store.FindByOutsideAsync(Outside("subject é", "https://other.example"), Token));
    }

    [Fact]
    public async Task An_outside_identity_belongs_to_one_account()
    {
        await CreateAsync("Ann", "Bob");
        await Store.AddOutsideAsync(User("Ann"), Outside("1"), Token);

        Assert.False(await Store.AddOutsideAsync(User("Bob"), Outside("1"), Token));
        Assert.False(await Store.AddOutsideAsync(User("Ann"), Outside("1"), Token));
        Assert.False(await Store.AddOutsideAsync(User("Cid"), Outside("2"), Token));
        Assert.False(await Store.RemoveOutsideAsync(User("Bob"), Outside("1"), Token));
        Assert.True(await Store.RemoveOutsideAsync(User("Ann"), Outside("1"), Token));
        Assert.False(await Store.RemoveOutsideAsync(User("Ann"), Outside("1"), Token));

        Assert.Null(await Store.FindByOutsideAsync(Outside("1"), Token));
        Assert.True(await Store.AddOutsideAsync(User("Bob"), Outside("1"), Token));
    }

    [Fact]
    public async Task An_account_with_an_outside_identity_is_made_wholly_or_not_at_all()
    {
        Assert.True(await Store.TryCreateAsync(Credentials("Ann"), Outside("1"), Token));

        Assert.False(await Store.TryCreateAsync(Credentials("Bob"), Outside("1"), Token));
        Assert.False(await Store.TryCreateAsync(Credentials("Ann"), Outside("2"), Token));

        Assert.Equal(["Ann"], (await Store.ListAsync(Token)).Select(account => account.Name.Value));
        Assert.Equal([Outside("1")], await Store.ListOutsideAsync(User("Ann"), Token));
        Assert.Null(await Store.FindByOutsideAsync(Outside("2"), Token));
    }

    [Fact]
    public async Task A_removed_account_leaves_its_outside_identities_to_others()
    {
        await Store.TryCreateAsync(Credentials("Ann"), Outside("1"), Token);

        Assert.True(await Store.DeleteAsync(User("Ann"), Token));

        Assert.Null(await Store.FindByOutsideAsync(Outside("1"), Token));
        Assert.True(await Store.TryCreateAsync(Credentials("Bob"), Outside("1"), Token));
    }

    private static OutsideIdentity Outside(string subject, string issuer = "https://id.example")
        => OutsideIdentity.TryCreate(issuer, subject, out var identity) ? identity : throw new ArgumentException(subject, nameof(subject));
}
