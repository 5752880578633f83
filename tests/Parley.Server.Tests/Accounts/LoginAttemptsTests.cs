using System.Net;
using Parley.Server.Accounts;
using Parley.Server.Options;
using Parley.TestKit;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts;

public sealed class LoginAttemptsTests
{
    private const string TooMany = "Too many attempts to log in (at most 3 a minute), try again in a minute";

    [Fact]
    public async Task The_fourth_in_a_minute_from_an_address_is_refused_whoever_it_is_for()
    {
        var accounts = new TestAccounts();
        foreach (var name in new[] { "Ann", "Bob", "Cid" })
        {
            Assert.Equal("", await TryAsync(accounts, "192.0.2.1", name));
            accounts.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(TooMany, await TryAsync(accounts, "192.0.2.1", "Dan"));
        Assert.Equal("", await TryAsync(accounts, "192.0.2.2", "Dan"));

        // The window slides: the first was 30 s ago.
        accounts.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TooMany, await TryAsync(accounts, "192.0.2.1", "Dan"));
        accounts.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", await TryAsync(accounts, "192.0.2.1", "Dan"));
        Assert.Equal(TooMany, await TryAsync(accounts, "192.0.2.1", "Dan"));
    }

    [Fact]
    public async Task Strangers_who_fail_elsewhere_do_not_keep_an_owner_out()
    {
        var accounts = new TestAccounts();
        Assert.Equal(["", "", "", TooMany], await TryAllAsync(accounts, "192.0.2.1", "Ann", "Ann", "ANN", "Ann"));

        Assert.Equal("", await TryAsync(accounts, "192.0.2.2", "ann"));
    }

    [Fact]
    public async Task From_many_addresses_ten_times_as_many_may_fail_for_an_account_but_where_its_owner_came_from_only_its_own_count()
    {
        var accounts = new TestAccounts();
        await EndAsync(accounts, "198.51.100.1", "Ann", attempt => attempt.Succeed());
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal("", await TryAsync(accounts, $"192.0.2.{i / 3}", "Ann"));
        }

        Assert.Equal(TooMany, await TryAsync(accounts, "192.0.2.99", "Ann"));
        Assert.Equal(["", "", "", TooMany], await TryAllAsync(accounts, "198.51.100.1", "Ann", "Ann", "Ann", "Ann"));
        accounts.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("", await TryAsync(accounts, "192.0.2.99", "Ann"));
    }

    [Fact]
    public async Task An_attempt_that_came_to_nothing_is_taken_back()
    {
        var accounts = new TestAccounts();
        for (var i = 0; i < 10; i++)
        {
            await EndAsync(accounts, "192.0.2.1", "Ann", attempt => attempt.TakeBack());
        }
    }

    [Fact]
    public async Task What_is_refused_does_not_count()
    {
        var accounts = new TestAccounts();
        for (var i = 0; i < 3; i++)
        {
            await TryAsync(accounts, "192.0.2.1", "Ann");
        }

        // From the address that is over its limit, nothing is taken from Bob.
        Assert.Equal(TooMany, await TryAsync(accounts, "192.0.2.1", "Bob"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("", await TryAsync(accounts, "192.0.2.2", "Bob"));
        }
    }

    [Fact]
    public async Task An_attempt_that_succeeds_does_not_count()
    {
        var accounts = new TestAccounts();
        for (var i = 0; i < 10; i++)
        {
            await EndAsync(accounts, "192.0.2.1", "Ann", attempt => attempt.Succeed());
        }

        Assert.Equal(["", "", "", TooMany], await TryAllAsync(accounts, "192.0.2.1", "Ann", "Ann", "Ann", "Ann"));
    }

    [Fact]
    public async Task Loopback_is_exempt_but_an_account_is_not()
    {
        var accounts = new TestAccounts();
        foreach (var name in new[] { "Ann", "Bob", "Cid", "Dan", "Ann", "Ann" })
        {
            Assert.Equal("", await TryAsync(accounts, "127.0.0.1", name));
        }

        Assert.Equal(TooMany, await TryAsync(accounts, "127.0.0.1", "Ann"));

        var strict = new TestAccounts(new ParleyOptions { ExemptLoopback = false });
        Assert.Equal(["", "", "", TooMany], await TryAllAsync(strict, "127.0.0.1", "Ann1", "Ann2", "Ann3", "Ann4"));
    }

    [Fact]
    public async Task A_customers_IPv6_addresses_are_one()
    {
        var accounts = new TestAccounts();
        Assert.Equal(["", "", ""], [.. await TryAllAsync(accounts, "2001:db8::1", "Ann1", "Ann2"), .. await TryAllAsync(accounts, "2001:db8::2", "Ann3")]);
        Assert.Equal(TooMany, await TryAsync(accounts, "2001:db8::3", "Ann4"));
        Assert.Equal("", await TryAsync(accounts, "2001:db8:0:1::1", "Bob"));
    }

    [Fact]
    public async Task It_is_a_setting()
    {
        var accounts = new TestAccounts(new ParleyOptions { LoginAttempts = 1 });
        Assert.Equal("", await TryAsync(accounts, "192.0.2.1", "Ann"));
        Assert.Equal(TooMany.Replace("3", "1", StringComparison.Ordinal), await TryAsync(accounts, "192.0.2.1", "Ann"));
    }

    [Fact]
    public async Task Where_there_is_no_name_only_the_address_counts()
    {
        var accounts = new TestAccounts();
        for (var i = 1; i <= 9; i++)
        {
            using var attempt = await accounts.Attempts.BeginAsync(IPAddress.Parse($"192.0.2.{i}"), default, Token);
            Assert.Null(attempt.Refusal);
        }
    }

    [Fact]
    public async Task Whoever_begins_while_as_many_are_under_way_waits_for_their_end_and_is_let_in_if_they_were_right()
    {
        var accounts = new TestAccounts();
        var first = await BeginAllAsync(accounts, "192.0.2.1", "Ann", "Bob", "Cid");
        var waiting = accounts.Attempts.BeginAsync(IPAddress.Parse("192.0.2.1"), User("Dan"), Token).AsTask();
        Assert.Equal("", await TryAsync(accounts, "192.0.2.2", "Dan"));
        Assert.False(waiting.IsCompleted);

        first[1].Succeed();

        using var dan = await waiting.WithinSafetyAsync();
        Assert.Null(dan.Refusal);
    }

    [Fact]
    public async Task Whoever_waits_behind_wrong_guesses_is_refused_as_soon_as_they_are_too_many()
    {
        var accounts = new TestAccounts();
        var first = await BeginAllAsync(accounts, "192.0.2.1", "Ann", "Ann", "Ann");
        var waiting = accounts.Attempts.BeginAsync(IPAddress.Parse("192.0.2.1"), User("Ann"), Token).AsTask();

        first[0].Dispose();
        first[1].Dispose();
        Assert.False(waiting.IsCompleted);
        first[2].Dispose();

        Assert.Equal(TooMany, (await waiting.WithinSafetyAsync()).Refusal);
    }

    [Fact]
    public async Task Many_who_wait_are_let_in_one_after_the_other()
    {
        var accounts = new TestAccounts();
        var underWay = 0;
        var most = 0;
        var begun = await BeginAllAsync(accounts, "192.0.2.1", "Ann", "Bob", "Cid");
        var waiting = Enumerable.Range(10, 50).Select(async number =>
        {
            using var attempt = await accounts.Attempts.BeginAsync(IPAddress.Parse("192.0.2.1"), User($"Ann{number}"), Token);
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            attempt.Succeed();
            return attempt.Refusal;
        }).ToArray();

        begun.ForEach(attempt => attempt.Succeed());

        Assert.All(await Task.WhenAll(waiting).WithinSafetyAsync(), Assert.Null);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Whoever_is_gone_waits_no_more()
    {
        var accounts = new TestAccounts();
        await BeginAllAsync(accounts, "192.0.2.1", "Ann", "Bob", "Cid");
        using var gone = new CancellationTokenSource();
        var waiting = accounts.Attempts.BeginAsync(IPAddress.Parse("192.0.2.1"), User("Dan"), gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<List<LoginAttempt>> BeginAllAsync(TestAccounts accounts, string address, params string[] names)
    {
        var begun = new List<LoginAttempt>();
        foreach (var name in names)
        {
            begun.Add(await accounts.Attempts.BeginAsync(IPAddress.Parse(address), User(name), Token));
        }

        return begun;
    }

    /// <summary>An attempt that fails, and its refusal if it was not made.</summary>
    private static async Task<string> TryAsync(TestAccounts accounts, string address, string name)
    {
        using var attempt = await accounts.Attempts.BeginAsync(IPAddress.Parse(address), User(name), Token);
        return attempt.Refusal ?? "";
    }

    /// <summary>An attempt that ends otherwise.</summary>
    private static async Task EndAsync(TestAccounts accounts, string address, string name, Action<LoginAttempt> end)
    {
        using var attempt = await accounts.Attempts.BeginAsync(IPAddress.Parse(address), User(name), Token);
        Assert.Null(attempt.Refusal);
        end(attempt);
    }

    private static async Task<string[]> TryAllAsync(TestAccounts accounts, string address, params string[] names)
    {
        var refusals = new List<string>();
        foreach (var name in names)
        {
            refusals.Add(await TryAsync(accounts, address, name));
        }

        return [.. refusals];
    }
}
