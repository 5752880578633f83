using Parley.Core.Accounts;
using Xunit;

namespace Parley.Specification;

public abstract partial class AccountStoreSpecification
{
    [Fact]
    public async Task An_account_is_found_by_its_number()
    {
        await CreateAsync("Ann", "Bob");

        Assert.Equal("Ann", (await Store.FindByIdAsync(IdOf("Ann"), Token))?.Name.Value);
        Assert.Null(await Store.FindByIdAsync(IdOf("Cid"), Token));
    }

    [Fact]
    public async Task An_address_at_which_the_owner_reads_mail_takes_the_place_of_the_one_before()
    {
        Assert.True(await Store.TryCreateAsync(Credentials("Ann", email: "old@example.org"), Token));
        Assert.False((await Store.FindAsync(User("Ann"), Token))!.Account.IsEmailProven);

        Assert.True(await Store.SetEmailAsync(IdOf("Ann"), "änn@example.org", Token));

        var account = (await Store.FindAsync(User("Ann"), Token))!.Account;
        Assert.Equal(("änn@example.org", true), (account.Email, account.IsEmailProven));
        Assert.False(await Store.SetEmailAsync(IdOf("Bob"), "bob@example.org", Token));
    }

    [Fact]
    public async Task An_account_can_be_made_with_an_address_at_which_its_owner_reads_mail()
    {
        var credentials = Credentials("Ann", email: "ann@example.org");

        Assert.True(await Store.TryCreateAsync(credentials with { Account = credentials.Account with { IsEmailProven = true } }, Token));

        Assert.True(Assert.Single(await Store.ListAsync(Token)).IsEmailProven);
    }

    [Fact]
    public async Task An_account_is_found_as_it_was_made_in_any_case()
    {
        var made = new AccountCredentials(
            new Account(new AccountId(7), User("Ann"), Start.AddTicks(1234567), "ann@example.org"), PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations));
        Assert.True(await Store.TryCreateAsync(made, Token));

        var found = await Store.FindAsync(User("aNN"), Token);

        Assert.Equal(made.Account, found?.Account);
        Assert.Equal("Ann", found?.Account.Name.Value);
        Assert.Equal(made.Password.ToString(), found?.Password.ToString());
        Assert.True(found?.Password.Matches("correct horse"));
    }

    [Fact]
    public async Task An_account_of_any_script_is_found_in_any_spelling_and_by_its_looks()
    {
        await CreateAsync("Zoë");
        await CreateAsync("anna");

        Assert.Equal("Zoë", (await Store.FindAsync(User("ZOE\u0308"), Token))?.Account.Name.Value);
        Assert.False(await Store.TryCreateAsync(Credentials("zOË", "another one"), Token));
        Assert.Null(await Store.FindAsync(User("zoe"), Token));
        Assert.Equal("anna", (await Store.FindLookAlikeAsync(User("ΑΝΝΑ"), Token))?.Name.Value);

        // The capital of the final sigma is that of the other one, too.
        await CreateAsync("Νίκος");
        Assert.Equal("Νίκος", (await Store.FindLookAlikeAsync(User("ΝΊΚΟΣ"), Token))?.Name.Value);
        Assert.True(await Store.SetPasswordAsync(User("ZOË"), PasswordVerifier.Create("another", PasswordVerifier.MinIterations), Token));
        Assert.True(await Store.DeleteAsync(User("ZOË"), Token));
        Assert.Null(await Store.FindAsync(User("Zoë"), Token));
    }

    [Fact]
    public async Task Nobody_is_found_where_there_is_no_account()
    {
        await CreateAsync("Ann");

        Assert.Null(await Store.FindAsync(User("Anna"), Token));
        Assert.Null(await Store.FindAsync(default, Token));
    }

    [Fact]
    public async Task A_name_that_is_taken_stays_with_whoever_has_it()
    {
        await CreateAsync("Ann");

        Assert.False(await Store.TryCreateAsync(Credentials("ANN", "another one"), Token));

        Assert.True((await Store.FindAsync(User("Ann"), Token))?.Password.Matches("correct horse"));
    }

    [Fact]
    public async Task Of_many_who_want_a_name_at_once_one_gets_it()
    {
        var all = Enumerable.Range(0, 16).Select(number => Credentials("Ann", $"password {number}")).ToList();

        var store = Store;

        var made = await Task.WhenAll(all.Select(credentials => Task.Run(async () => await store.TryCreateAsync(credentials, Token), Token)));

        Assert.Single(made, isMade => isMade);
        var winner = all[Array.IndexOf(made, true)];
        Assert.Equal(winner.Password.ToString(), (await Store.FindAsync(User("Ann"), Token))?.Password.ToString());
    }

    [Fact]
    public async Task An_account_that_looks_like_another_is_made_where_that_is_not_refused()
    {
        await CreateAsync("Paul");

        Assert.False(await Store.TryCreateAsync(Credentials("PauI"), identity: null, refusesLookAlikes: true, Token));
        Assert.False(await Store.TryCreateAsync(Credentials("Pau1"), Outside("1"), refusesLookAlikes: true, Token));
        Assert.True(await Store.TryCreateAsync(Credentials("PauI"), identity: null, refusesLookAlikes: false, Token));
        Assert.False(await Store.TryCreateAsync(Credentials("PauI"), Outside("1"), refusesLookAlikes: false, Token));
        Assert.True(await Store.TryCreateAsync(Credentials("Paula"), Outside("1"), refusesLookAlikes: true, Token));

        Assert.Equal(["Paul", "Paula", "PauI"], (await Store.ListAsync(Token)).Select(account => account.Name.Value).OrderBy(name => name.EndsWith('I')).ThenBy(name => name.Length));
        Assert.Equal("Paula", (await Store.FindByOutsideAsync(Outside("1"), Token))?.Name.Value);
    }

    [Fact]
    public async Task Of_many_that_look_alike_and_are_made_at_once_one_is_there()
    {
        var store = Store;
        var all = Enumerable.Range(0, 16).Select(number => Credentials("P" + string.Concat(Enumerable.Range(0, 4).Select(bit => (number >> bit) % 2 == 0 ? 'l' : 'I')))).ToList();

        var made = await Task.WhenAll(all.Select(credentials => Task.Run(async () => await store.TryCreateAsync(credentials, identity: null, refusesLookAlikes: true, Token), Token)));

        Assert.Single(made, isMade => isMade);
        Assert.Equal(all[Array.IndexOf(made, true)].Account, Assert.Single(await store.ListAsync(Token)));
    }

    [Fact]
    public async Task Accounts_are_listed_by_name()
    {
        await CreateAsync("bob", "Ann", "Cid");

        Assert.Equal(["Ann", "bob", "Cid"], (await Store.ListAsync(Token)).Select(account => account.Name.Value));
    }

    [Fact]
    public async Task A_password_is_changed_and_nothing_else()
    {
        await CreateAsync("Ann", "Bob");

        Assert.True(await Store.SetPasswordAsync(User("ANN"), Credentials("x1", "new password").Password, Token));

        var ann = await Store.FindAsync(User("Ann"), Token);
        Assert.True(ann?.Password.Matches("new password"));
        Assert.Equal(new Account(IdOf("Ann"), User("Ann"), Start), ann?.Account);
        Assert.True((await Store.FindAsync(User("Bob"), Token))?.Password.Matches("correct horse"));
        Assert.False(await Store.SetPasswordAsync(User("Cid"), Credentials("x1").Password, Token));
    }

    [Fact]
    public async Task A_verifier_is_renewed_if_it_is_still_the_accounts()
    {
        await CreateAsync("Ann");
        var (old, changed, renewed) = ((await Store.FindAsync(User("Ann"), Token))!.Password, Credentials("x1", "changed").Password, Credentials("x1", "renewed").Password);
        await Store.SetPasswordAsync(User("Ann"), changed, Token);

        Assert.False(await Store.RenewPasswordAsync(IdOf("Ann"), old, renewed, Token));
        Assert.False(await Store.RenewPasswordAsync(IdOf("Bob"), changed, renewed, Token));
        Assert.True((await Store.FindAsync(User("Ann"), Token))?.Password.Matches("changed"));
        Assert.True(await Store.RenewPasswordAsync(IdOf("Ann"), changed, renewed, Token));
        Assert.True((await Store.FindAsync(User("Ann"), Token))?.Password.Matches("renewed"));
    }

    [Fact]
    public async Task An_account_is_found_by_a_name_that_looks_like_its_own()
    {
        await CreateAsync("Paul", "paulI", "Ivan");

        Assert.Equal("Paul", (await Store.FindLookAlikeAsync(User("PAUL"), Token))?.Name.Value);
        Assert.Equal("Paul", (await Store.FindLookAlikeAsync(User("pauI"), Token))?.Name.Value);
        Assert.Equal("Paul", (await Store.FindLookAlikeAsync(User("Pau1"), Token))?.Name.Value);
        Assert.Equal("paulI", (await Store.FindLookAlikeAsync(User("paull"), Token))?.Name.Value);
        Assert.Equal("Ivan", (await Store.FindLookAlikeAsync(User("ivan"), Token))?.Name.Value);
        Assert.Equal("Ivan", (await Store.FindLookAlikeAsync(User("lvan"), Token))?.Name.Value);
        Assert.Null(await Store.FindLookAlikeAsync(User("Paula"), Token));
    }

    [Fact]
    public async Task What_is_removed_is_gone_with_all_that_belonged_to_it_and_the_name_is_free()
    {
        await CreateAsync("Ann", "Bob");
        await Store.AddCertificateAsync(User("Ann"), Certificate("1"), Token);
        await Store.SetValueAsync(IdOf("Ann"), "marker", "main", "5", Token);
        await Store.SetValueAsync(IdOf("Bob"), "marker", "main", "6", Token);

        Assert.True(await Store.DeleteAsync(User("ann"), Token));
        Assert.False(await Store.DeleteAsync(User("ann"), Token));

        Assert.Null(await Store.FindAsync(User("Ann"), Token));
        Assert.Null(await Store.FindByCertificateAsync(Certificate("1"), Token));
        await CreateAsync("Ann");
        Assert.Empty(await Store.ListCertificatesAsync(User("Ann"), Token));
        Assert.Null(await Store.GetValueAsync(IdOf("Ann"), "marker", "main", Token));
        Assert.Equal("6", await Store.GetValueAsync(IdOf("Bob"), "marker", "main", Token));
    }

    [Fact]
    public async Task The_secret_is_random_and_stays_the_same()
    {
        var secret = await Store.SecretAsync(Token);

        Assert.Equal(32, secret.Length);
        Assert.Equal(secret.ToArray(), (await Store.SecretAsync(Token)).ToArray());
        await using var other = new MemoryAccountStore();
        Assert.NotEqual(secret.ToArray(), (await other.SecretAsync(Token)).ToArray());
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_told_so_and_nothing_is_done()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var error = await Record.ExceptionAsync(async () => await Store.TryCreateAsync(Credentials("Ann"), cancelled.Token));

        Assert.Equal(error is null, await Store.FindAsync(User("Ann"), Token) is not null);
        Assert.True(error is null or OperationCanceledException);
    }
}
