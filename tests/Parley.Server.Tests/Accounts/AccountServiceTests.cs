using System.Reflection;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts;

public sealed class AccountServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_registers_has_the_account_with_that_password()
    {
        var accounts = new TestAccounts();
        Assert.Null(await accounts.Service.RegisterAsync(User("Ann"), Password, "ann@example.org", Token));

        var made = (await accounts.Store.FindAsync(User("Ann"), Token))!.Account;
        Assert.Equal(new Account(made.Id, User("Ann"), accounts.Time.GetUtcNow(), "ann@example.org"), made);
        Assert.Equal(made, await accounts.Service.VerifyPasswordAsync(User("ann"), Password, Token));
        Assert.Null(await accounts.Service.VerifyPasswordAsync(User("ann"), Password + "!", Token));
        Assert.Null(await accounts.Service.VerifyPasswordAsync(User("Bob"), Password, Token));
    }

    [Fact]
    public async Task Of_two_that_look_alike_and_are_made_at_one_time_one_is_refused()
    {
        var store = DispatchProxy.Create<IAccountStore, FailingAccounts>();
        var service = new AccountService(store, new ParleyOptions(), TimeProvider.System, Iterations);
        Task<AccountRefusal?>? second = null;
        ((FailingAccounts)store).BeforeCreate = () => second = service.RegisterAsync(User("PauI"), Password, cancellationToken: Token).AsTask();

        Assert.Null(await service.RegisterAsync(User("Paul"), Password, cancellationToken: Token));

        Assert.Equal(AccountRefusalKind.NameTaken, (await second!.WithinSafetyAsync())?.Kind);
        Assert.Equal(["Paul"], (await store.ListAsync(Token)).Select(account => account.Name.Value));
    }

    [Theory]
    [InlineData("ANN", Password, null, AccountRefusalKind.NameTaken)]
    [InlineData("Bob", "7 chars", null, AccountRefusalKind.WeakPassword)]
    [InlineData("Bob", "", null, AccountRefusalKind.WeakPassword)]
    [InlineData("Robert-B", "robert-b", null, AccountRefusalKind.WeakPassword)]
    [InlineData("Bob", "with a bell\a", null, AccountRefusalKind.UnacceptablePassword)]
    [InlineData("Bob", Password, "bob", AccountRefusalKind.InvalidEmail)]
    [InlineData("Bob", Password, "@example.org", AccountRefusalKind.InvalidEmail)]
    [InlineData("Bob", Password, "bob@", AccountRefusalKind.InvalidEmail)]
    [InlineData("Bob", Password, "b b@example.org", AccountRefusalKind.InvalidEmail)]
    [InlineData("Bob", Password, "b@b@example.org", AccountRefusalKind.InvalidEmail)]
    public async Task What_will_not_do_is_refused_with_a_reason_and_changes_nothing(string name, string password, string? email, AccountRefusalKind kind)
    {
        var accounts = await WithAnnAsync();

        var refusal = await accounts.Service.RegisterAsync(User(name), password, email, Token);

        Assert.Equal(kind, refusal?.Kind);
        Assert.Matches("^[^.\n]+: .*[^.]$|^There is no .*$", refusal?.Reason);
        Assert.Equal(["Ann"], (await accounts.Store.ListAsync(Token)).Select(account => account.Name.Value));
    }

    [Fact]
    public async Task A_password_has_at_most_300_bytes()
    {
        var accounts = new TestAccounts();

        Assert.Null(await accounts.Service.RegisterAsync(User("Ann"), new string('é', 150), cancellationToken: Token));
        var refusal = await accounts.Service.RegisterAsync(User("Bob"), new string('é', 150) + "!", cancellationToken: Token);
        Assert.Equal(AccountRefusalKind.UnacceptablePassword, refusal?.Kind);
    }

    [Fact]
    public async Task Where_registration_is_closed_nobody_registers_and_those_who_have_an_account_log_in()
    {
        var accounts = await WithAnnAsync();
        accounts.Options.Accounts = RegistrationPolicy.Closed;

        Assert.Equal(AccountRefusalKind.RegistrationClosed, (await accounts.Service.RegisterAsync(User("Bob"), Password, cancellationToken: Token))?.Kind);
        Assert.NotNull(await accounts.Service.VerifyPasswordAsync(User("Ann"), Password, Token));
    }

    [Fact]
    public async Task Of_two_who_register_a_name_at_once_one_is_told_that_it_is_taken()
    {
        var accounts = new TestAccounts();

        var refusals = await Task.WhenAll(
            accounts.Service.RegisterAsync(User("Ann"), Password, cancellationToken: Token).AsTask(),
            accounts.Service.RegisterAsync(User("ann"), Password, cancellationToken: Token).AsTask());

        Assert.Single(refusals, refusal => refusal is null);
        Assert.Single(refusals, refusal => refusal?.Kind == AccountRefusalKind.NameTaken);
    }

    [Fact]
    public async Task A_changed_password_is_the_only_one()
    {
        var accounts = await WithAnnAsync();

        var proof = (await accounts.Service.ProveAsync(User("ann"), Password, null, Token))?.Proof;
        Assert.Null(await accounts.Service.ChangePasswordAsync(User("ann"), "another password", Token));

        Assert.Null(await accounts.Service.VerifyPasswordAsync(User("Ann"), Password, Token));
        Assert.NotNull(await accounts.Service.VerifyPasswordAsync(User("Ann"), "another password", Token));
        Assert.Equal(AccountRefusalKind.WeakPassword, (await accounts.Service.ChangePasswordAsync(User("Ann"), "short", Token))?.Kind);

        // Who has proven the password before is late.
        Assert.Equal(AccountRefusalKind.Overtaken, (await accounts.Service.ChangePasswordAsync(User("Ann"), "a third password", proof, Token)).Refusal?.Kind);
        Assert.NotNull(await accounts.Service.ProveAsync(User("Ann"), "another password", null, Token));
        Assert.Equal(AccountRefusalKind.NoSuchAccount, (await accounts.Service.ChangePasswordAsync(User("Bob"), Password, Token))?.Kind);
    }

    [Fact]
    public async Task A_password_is_the_same_with_any_kind_of_space()
    {
        var accounts = await WithAnnAsync();
        Assert.NotNull(await accounts.Service.VerifyPasswordAsync(User("Ann"), "correct\u00A0horse", Token));
    }

    [Fact]
    public async Task Passwords_are_as_hard_to_guess_as_Cyrus_SASL_allows_unless_a_test_says_otherwise()
    {
        var store = new MemoryAccountStore();
        await new AccountService(store, new ParleyOptions(), TimeProvider.System).RegisterAsync(User("Ann"), Password, cancellationToken: Token);

        Assert.Equal(65_536, (await store.FindAsync(User("Ann"), Token))?.Password.Iterations);
    }

    [Fact]
    public async Task A_verifier_of_other_rounds_is_renewed_when_its_owner_logs_in_and_not_before()
    {
        var accounts = new TestAccounts();
        var old = PasswordVerifier.Create(Password, Iterations + 1);
        await accounts.Store.TryCreateAsync(new(new(AccountId.New(), User("Ann"), default), old), Token);

        Assert.Null(await accounts.Service.VerifyPasswordAsync(User("Ann"), "wrong password", Token));
        Assert.Equal(Iterations + 1, (await accounts.Store.FindAsync(User("Ann"), Token))?.Password.Iterations);
        Assert.NotNull(await accounts.Service.VerifyPasswordAsync(User("Ann"), Password, Token));
        Assert.Equal(Iterations, (await accounts.Store.FindAsync(User("Ann"), Token))?.Password.Iterations);
        Assert.NotNull(await accounts.Service.VerifyPasswordAsync(User("Ann"), Password, Token));
    }

    [Fact]
    public async Task The_least_length_of_a_password_is_a_setting()
    {
        var accounts = new TestAccounts(new ParleyOptions { MinPasswordLength = 12 });

        Assert.Equal("Passwords have at least 12 characters: choose a longer one", (await accounts.Service.RegisterAsync(User("Ann"), "11 letters.", cancellationToken: Token))?.Reason);
        Assert.Null(await accounts.Service.RegisterAsync(User("Ann"), "12 letters..", cancellationToken: Token));
    }

    [Fact]
    public async Task Names_without_an_account_seem_to_have_today_s_rounds_or_yesterday_s()
    {
        var service = new AccountService(new MemoryAccountStore(), new ParleyOptions(), TimeProvider.System);
        var rounds = new HashSet<int>();
        for (var i = 10; i < 60; i++)
        {
            rounds.Add((await service.FindOrFakeAsync($"Name{i}", Token)).Password.Iterations);
        }

        Assert.Equal([65_536, 100_000], rounds.Order());
    }

    [Fact]
    public async Task An_unknown_name_looks_like_a_known_one_and_the_same_each_time()
    {
        var accounts = await WithAnnAsync();

        var (known, ann) = await accounts.Service.FindOrFakeAsync("ann", Token);
        var (unknown, bob) = await accounts.Service.FindOrFakeAsync("Bob", Token);
        var (_, bobAgain) = await accounts.Service.FindOrFakeAsync("bOB", Token);

        Assert.NotNull(known);
        Assert.Null(unknown);
        Assert.Equal(ann.Iterations, bob.Iterations);
        Assert.Equal(ann.Salt.Length, bob.Salt.Length);
        Assert.Equal(bob.ToString(), bobAgain.ToString());
    }
}
