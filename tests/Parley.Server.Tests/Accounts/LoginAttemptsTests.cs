using System.Net;
using Parley.Server.Options;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts;

public sealed class LoginAttemptsTests
{
    private const string TooMany = "Too many attempts to log in (at most 3 a minute), try again in a minute";

    [Fact]
    public void The_fourth_in_a_minute_from_an_address_is_refused_whoever_it_is_for()
    {
        var accounts = new TestAccounts();
        foreach (var name in new[] { "Ann", "Bob", "Cid" })
        {
            Assert.Equal("", Try(accounts, "192.0.2.1", name));
            accounts.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(TooMany, Try(accounts, "192.0.2.1", "Dan"));
        Assert.Equal("", Try(accounts, "192.0.2.2", "Dan"));

        // The window slides: the first was 30 s ago.
        accounts.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TooMany, Try(accounts, "192.0.2.1", "Dan"));
        accounts.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", Try(accounts, "192.0.2.1", "Dan"));
        Assert.Equal(TooMany, Try(accounts, "192.0.2.1", "Dan"));
    }

    [Fact]
    public void Strangers_who_fail_elsewhere_do_not_keep_an_owner_out()
    {
        var accounts = new TestAccounts();
        Assert.Equal(["", "", "", TooMany], Enumerable.Range(0, 4).Select(attempt => Try(accounts, "192.0.2.1", attempt == 2 ? "ANN" : "Ann")));

        Assert.Equal("", Try(accounts, "192.0.2.2", "ann"));
    }

    [Fact]
    public void From_many_addresses_ten_times_as_many_may_fail_for_an_account_but_where_its_owner_came_from_only_its_own_count()
    {
        var accounts = new TestAccounts();
        Assert.Equal("", Try(accounts, "198.51.100.1", "Ann"));
        accounts.Attempts.Succeeded(IPAddress.Parse("198.51.100.1"), User("Ann"));
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal("", Try(accounts, $"192.0.2.{i / 3}", "Ann"));
        }

        Assert.Equal(TooMany, Try(accounts, "192.0.2.99", "Ann"));
        Assert.Equal(["", "", "", TooMany], Enumerable.Range(0, 4).Select(_ => Try(accounts, "198.51.100.1", "Ann")));
        accounts.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("", Try(accounts, "192.0.2.99", "Ann"));
    }

    [Fact]
    public void An_attempt_that_came_to_nothing_is_taken_back()
    {
        var accounts = new TestAccounts();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("", Try(accounts, "192.0.2.1", "Ann"));
            accounts.Attempts.TakeBack(IPAddress.Parse("192.0.2.1"), User("Ann"));
        }
    }

    [Fact]
    public void What_is_refused_does_not_count()
    {
        var accounts = new TestAccounts();
        for (var i = 0; i < 3; i++)
        {
            Try(accounts, "192.0.2.1", "Ann");
        }

        // From the address that is over its limit, nothing is taken from Bob.
        Assert.Equal(TooMany, Try(accounts, "192.0.2.1", "Bob"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("", Try(accounts, "192.0.2.2", "Bob"));
        }
    }

    [Fact]
    public void An_attempt_that_succeeds_does_not_count()
    {
        var accounts = new TestAccounts();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("", Try(accounts, "192.0.2.1", "Ann"));
            accounts.Attempts.Succeeded(IPAddress.Parse("192.0.2.1"), User("Ann"));
        }

        // Those that are under way do: many at once are not free.
        Assert.Equal("", Try(accounts, "192.0.2.1", "Ann"));
        Assert.Equal("", Try(accounts, "192.0.2.1", "Ann"));
        Assert.Equal("", Try(accounts, "192.0.2.1", "Ann"));
        Assert.Equal(TooMany, Try(accounts, "192.0.2.1", "Ann"));
    }

    [Fact]
    public void Loopback_is_exempt_but_an_account_is_not()
    {
        var accounts = new TestAccounts();
        foreach (var name in new[] { "Ann", "Bob", "Cid", "Dan", "Ann", "Ann" })
        {
            Assert.Equal("", Try(accounts, "127.0.0.1", name));
        }

        Assert.Equal(TooMany, Try(accounts, "127.0.0.1", "Ann"));

        var strict = new TestAccounts(new ParleyOptions { ExemptLoopback = false });
        Assert.Equal(["", "", "", TooMany], Enumerable.Range(10, 4).Select(number => Try(strict, "127.0.0.1", $"Ann{number}")));
    }

    [Fact]
    public void A_customers_IPv6_addresses_are_one()
    {
        var accounts = new TestAccounts();
        Assert.Equal(["", "", "", TooMany], Enumerable.Range(10, 4).Select(number => Try(accounts, $"2001:db8::{number}", $"Ann{number}")));
        Assert.Equal("", Try(accounts, "2001:db8:0:1::1", "Bob"));
    }

    [Fact]
    public void It_is_a_setting()
    {
        var accounts = new TestAccounts(new ParleyOptions { LoginAttempts = 1 });
        Assert.Equal("", Try(accounts, "192.0.2.1", "Ann"));
        Assert.Equal(TooMany.Replace("3", "1", StringComparison.Ordinal), Try(accounts, "192.0.2.1", "Ann"));
    }

    [Fact]
    public void Where_there_is_no_name_only_the_address_counts()
    {
        var accounts = new TestAccounts();
        for (var i = 1; i <= 9; i++)
        {
            Assert.True(accounts.Attempts.TryBegin(IPAddress.Parse($"192.0.2.{i}"), default, out _));
        }
    }

    private static string Try(TestAccounts accounts, string address, string name)
    {
        var user = User(name);
        return accounts.Attempts.TryBegin(IPAddress.Parse(address), user, out var refusal) == (refusal.Length == 0) ? refusal : "contradiction";
    }
}
