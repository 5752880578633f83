using Parley.Core.Names;
using Parley.Core.Tokens;
using Xunit;

namespace Parley.Specification;

/// <summary>What every store of tokens does. An implementation derives one class from this, and passes.</summary>
public abstract class TokenStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract ITokenStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_found_by_its_hash_with_all_that_it_may_do()
    {
        Assert.True(TokenScopes.TryParse("post:main post:ops as:Deploy status", out var scopes));
        var added = await Store.AddAsync(new(User("CI"), scopes, Noon) { Expires = Noon.AddDays(1) }, TokenSecret.Hash("one"), Token);

        var found = await Store.FindAsync(TokenSecret.Hash("one"), Token);

        Assert.Equal(added!.Id, found!.Id);
        Assert.Equal(("CI", "post:main post:ops as:Deploy status"), (found.Name.Value, found.Scopes.ToString()));
        Assert.Equal((Noon, Noon.AddDays(1), null, null), (found.Created, found.Expires, found.LastUsed, found.Revoked));
        Assert.Null(await Store.FindAsync(TokenSecret.Hash("two"), Token));
    }

    [Fact]
    public async Task Of_two_tokens_of_one_name_in_whatever_case_the_second_is_refused()
    {
        await MustAddAsync("Deploy", "one");

        Assert.Null(await Store.AddAsync(New("deploy"), TokenSecret.Hash("two"), Token));
        Assert.Null(await Store.FindAsync(TokenSecret.Hash("two"), Token));
    }

    [Fact]
    public async Task Names_of_any_script_are_the_same_in_any_spelling()
    {
        await MustAddAsync("Zoë", "one");

        Assert.Null(await Store.AddAsync(New("ZOE\u0308"), TokenSecret.Hash("two"), Token));
        Assert.True(await Store.RevokeAsync(User("zOË"), Noon.AddHours(1), Token));
        Assert.NotNull(await Store.AddAsync(New("zoë"), TokenSecret.Hash("two"), Token));
    }

    [Fact]
    public async Task A_revoked_token_says_so_when_it_is_found_next_and_its_name_is_free()
    {
        var first = await MustAddAsync("Deploy", "one");

        Assert.True(await Store.RevokeAsync(User("DEPLOY"), Noon.AddHours(1), Token));

        var revoked = await Store.FindAsync(TokenSecret.Hash("one"), Token);
        Assert.Equal(Noon.AddHours(1), revoked!.Revoked);
        Assert.False(revoked.IsValidAt(Noon.AddHours(1)));
        Assert.False(await Store.RevokeAsync(User("Deploy"), Noon.AddHours(2), Token));
        Assert.NotEqual(first.Id, (await MustAddAsync("Deploy", "two")).Id);
        Assert.Equal(2, (await Store.ListAsync(Token)).Count);
    }

    [Fact]
    public async Task To_revoke_what_there_is_not_changes_nothing()
    {
        await MustAddAsync("Deploy", "one");
        Assert.False(await Store.RevokeAsync(User("Other"), Noon, Token));
        Assert.Null((await Store.FindAsync(TokenSecret.Hash("one"), Token))!.Revoked);
    }

    [Fact]
    public async Task The_list_has_all_tokens_oldest_first_and_when_each_was_last_used()
    {
        await MustAddAsync("Bob", "one");
        var second = await MustAddAsync("Ann", "two");
        await Store.UsedAsync(second.Id, Noon.AddMinutes(5), Token);

        var list = await Store.ListAsync(Token);

        Assert.Equal(["Bob", "Ann"], list.Select(token => token.Name.Value));
        Assert.Equal([null, Noon.AddMinutes(5)], list.Select(token => token.LastUsed));
    }

    [Fact]
    public async Task Of_many_that_want_one_name_at_once_one_gets_it()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(
            async () => await Store.AddAsync(New("Deploy"), TokenSecret.Hash($"{number}"), Token), Token)));
        Assert.Single(all, token => token is not null);
    }

    private static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    private static AccessToken New(string name) => new(User(name), new TokenScopes { AllRooms = true }, Noon);

    private async Task<AccessToken> MustAddAsync(string name, string secret)
    {
        var added = await Store.AddAsync(New(name), TokenSecret.Hash(secret), Token);
        Assert.NotNull(added);
        return added;
    }
}
