using Parley.Core.Accounts;
using Parley.Core.Names;
using Xunit;

namespace Parley.Specification;

/// <summary>Behaviour of every store of codes that were sent by e-mail. An implementation derives one class from this, and passes.</summary>
public abstract class MailCodeStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IMailCodeStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_is_taken_once_as_it_was_kept()
    {
        var password = PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations);
        var code = Code("a", MailCodeKind.Registration) with { Password = password, Invitation = "i", Email = "änn\0@example.org" };
        await Store.AddAsync(code, Noon, most: 10, Token);

        var taken = await TakeAsync("a", MailCodeKind.Registration, "ANN");

        Assert.NotNull(taken);
        Assert.Equal(password.ToString(), taken.Password?.ToString());
        Assert.Equal(code with { Password = null }, taken with { Password = null });
        Assert.Null(await TakeAsync("a", MailCodeKind.Registration, "Ann"));
    }

    [Fact]
    public async Task A_code_is_good_for_its_purpose_its_name_and_its_time_alone()
    {
        await Store.AddAsync(Code("a", MailCodeKind.Recovery), Noon, most: 10, Token);

        Assert.Null(await TakeAsync("b", MailCodeKind.Recovery, "Ann"));
        Assert.Null(await TakeAsync("a", MailCodeKind.Address, "Ann"));
        Assert.Null(await TakeAsync("a", MailCodeKind.Recovery, "Bob"));
        Assert.Null(await Store.TakeAsync("a", MailCodeKind.Recovery, User("Ann"), Noon.AddHours(1), Token));
        Assert.NotNull(await Store.TakeAsync("a", MailCodeKind.Recovery, User("Ann"), Noon.AddHours(1).AddTicks(-1), Token));
    }

    [Fact]
    public async Task Another_code_of_an_account_for_the_same_purpose_takes_the_place_of_the_first()
    {
        await Store.AddAsync(Code("a", MailCodeKind.Recovery), Noon, most: 10, Token);
        await Store.AddAsync(Code("b", MailCodeKind.Address), Noon, most: 10, Token);
        await Store.AddAsync(Code("c", MailCodeKind.Recovery, account: 2, name: "Bob"), Noon, most: 10, Token);
        await Store.AddAsync(Code("d", MailCodeKind.Recovery), Noon, most: 10, Token);

        Assert.Null(await TakeAsync("a", MailCodeKind.Recovery, "Ann"));
        Assert.NotNull(await TakeAsync("b", MailCodeKind.Address, "Ann"));
        Assert.NotNull(await TakeAsync("c", MailCodeKind.Recovery, "Bob"));
        Assert.NotNull(await TakeAsync("d", MailCodeKind.Recovery, "Ann"));
    }

    [Fact]
    public async Task All_codes_of_an_account_are_removed_at_once()
    {
        await Store.AddAsync(Code("a", MailCodeKind.Recovery), Noon, most: 10, Token);
        await Store.AddAsync(Code("b", MailCodeKind.Address), Noon, most: 10, Token);
        await Store.AddAsync(Code("c", MailCodeKind.Recovery, account: 2, name: "Bob"), Noon, most: 10, Token);

        await Store.RemoveAllAsync(Code("a", MailCodeKind.Recovery).Account, Token);

        Assert.Null(await TakeAsync("a", MailCodeKind.Recovery, "Ann"));
        Assert.Null(await TakeAsync("b", MailCodeKind.Address, "Ann"));
        Assert.NotNull(await TakeAsync("c", MailCodeKind.Recovery, "Bob"));
    }

    [Fact]
    public async Task Codes_for_one_account_that_is_still_to_be_made_stand_beside_each_other_without_their_passwords()
    {
        var password = PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations);
        var over = await AddAsync("a", "Ann", Noon);
        var first = await AddAsync("b", "Ann", Noon.AddHours(1));
        var another = await AddAsync("c", "Bob", Noon.AddHours(1));
        Assert.All([over, first, another], code => Assert.Equal(password.ToString(), code.Password?.ToString()));

        var second = await AddAsync("d", "ANN", Noon.AddHours(1));

        Assert.NotEqual(password.ToString(), second.Password?.ToString());
        Assert.Equal(password.ToString(), (await TakeAsync("c", MailCodeKind.Registration, "Bob"))?.Password?.ToString());
        foreach (var hash in new[] { "b", "d" })
        {
            var taken = await TakeAsync(hash, MailCodeKind.Registration, "Ann");
            Assert.False(taken!.Password!.Matches("correct horse"));
            Assert.Equal(password.Iterations, taken.Password.Iterations);
        }

        ValueTask<MailCode> AddAsync(string hash, string name, DateTimeOffset expires)
            => Store.AddAsync(Code(hash, MailCodeKind.Registration, account: 0, name) with { Password = password, Expires = expires, Email = $"{hash}@example.org" }, expires.AddHours(-1), most: 10, Token);
    }

    [Fact]
    public async Task Of_too_many_codes_the_oldest_goes_and_those_that_are_over_count_for_nothing()
    {
        await Store.AddAsync(Code("a", MailCodeKind.Registration, account: 0) with { Expires = Noon }, Noon.AddHours(-1), most: 2, Token);
        await Store.AddAsync(Code("b", MailCodeKind.Registration, account: 0), Noon, most: 2, Token);
        await Store.AddAsync(Code("c", MailCodeKind.Registration, account: 0), Noon, most: 2, Token);
        Assert.NotNull(await TakeAsync("b", MailCodeKind.Registration, "Ann"));
        await Store.AddAsync(Code("d", MailCodeKind.Registration, account: 0), Noon, most: 2, Token);
        await Store.AddAsync(Code("e", MailCodeKind.Registration, account: 0), Noon, most: 2, Token);

        Assert.Null(await TakeAsync("c", MailCodeKind.Registration, "Ann"));
        Assert.NotNull(await TakeAsync("d", MailCodeKind.Registration, "Ann"));
        Assert.NotNull(await TakeAsync("e", MailCodeKind.Registration, "Ann"));
    }

    private ValueTask<MailCode?> TakeAsync(string hash, MailCodeKind kind, string name) => Store.TakeAsync(hash, kind, User(name), Noon, Token);

    private static MailCode Code(string hash, MailCodeKind kind, long account = 1, string name = "Ann")
        => new(hash, kind, User(name), "ann@example.org", Noon.AddHours(1)) { Account = new AccountId(account) };

    private static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));
}
