using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Limits;

/// <summary>Whoever has a whole IPv6 /48 is one customer with 65 536 addresses: the limits of a /64 hold a number of times for all of it.</summary>
public sealed class ConnectionsPerSiteTests
{
    private const string Refusal = "Too many connections from your network (at most 4), close one first";

    [Fact]
    public async Task A_48_has_a_multiple_of_the_connections_of_a_64_in_it()
    {
        await using var server = new TestServer(new ParleyOptions { MaxConnectionsPerAddress = 2, Ipv6SiteFactor = 2 });
        for (var i = 1; i <= 4; i++)
        {
            await server.OpenLines($"2001:db8:1:{i}::1").ReadUntilAsync("You joined main");
        }

        var refused = server.OpenLines("2001:db8:1:5::1");
        await refused.ExpectAsync(Refusal);
        await refused.ExpectClosedAsync();
        await server.OpenLines("2001:db8:2:5::1").ReadUntilAsync("You joined main");
    }

    [Fact]
    public async Task A_48_has_a_multiple_of_the_HTTP_connections_and_its_longest_idle_one_makes_way()
    {
        var options = new ParleyOptions { MaxHttpConnectionsPerAddress = 1, Ipv6SiteFactor = 2 };
        var time = new ManualTimeProvider();
        var gate = new HttpGate(options, Create(options, time), time, NullLogger<HttpGate>.Instance);
        var (first, second, other) = (Open("2001:db8:1:1::1"), Open("2001:db8:1:2::1"), Open("2001:db8:2:3::1"));

        var third = Open("2001:db8:1:3::1");

        await first.Run.WaitAsync(TestContext.Current.CancellationToken);
        Assert.All([second, third, other], each => Assert.False(each.Run.IsCompleted));
        foreach (var each in new[] { second, third, other })
        {
            each.Connection.Abort();
            await each.Run.WaitAsync(TestContext.Current.CancellationToken);
        }

        (DefaultConnectionContext Connection, Task Run) Open(string address)
        {
            var connection = new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 40_000) };
            return (connection, gate.RunAsync(connection, opened =>
            {
                var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                opened.ConnectionClosed.Register(() => closed.TrySetResult());
                return closed.Task;
            }));
        }
    }

    [Fact]
    public void Sixty_networks_of_one_48_do_not_come_in_by_default()
    {
        var gate = Create(new ParleyOptions { MaxConnectionsPerAddress = 3 });

        Assert.Equal(24, Enumerable.Range(0, 60).Count(i => gate.TryEnter(IPAddress.Parse($"2001:db8:1:{i}::1"), out _)));
        Assert.True(gate.TryEnter(IPAddress.Parse("2001:db8:2::1"), out _));
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(i < 3, gate.TryEnter(IPAddress.Parse("192.0.2.1"), out _));
            Assert.True(gate.TryEnter(IPAddress.Parse($"::ffff:198.51.100.{i}"), out _));
        }
    }

    [Fact]
    public void A_48_has_a_multiple_of_the_new_connections_in_ten_minutes_also_when_its_addresses_are_forgotten()
    {
        var time = new ManualTimeProvider();
        var gate = Create(new ParleyOptions { MaxNewConnectionsPerAddress = 1, Ipv6SiteFactor = 3 }, time);
        for (var i = 0; i < 3; i++)
        {
            Visit(i);
            time.Advance(TimeSpan.FromMinutes(4));
        }

        // The first was twelve minutes ago.
        Visit(3);
        Assert.False(gate.TryEnter(IPAddress.Parse("2001:db8:1:9::1"), out var refusal));
        Assert.Equal("Too many new connections from your network (at most 3 in 10 minutes), try again later", refusal);

        void Visit(int network)
        {
            var address = IPAddress.Parse($"2001:db8:1:{network}::1");
            Assert.True(gate.TryEnter(address, out _));
            gate.Leave(address);
        }
    }

    [Fact]
    public void A_connection_that_is_another_addresss_or_was_kept_over_an_upgrade_counts_for_its_48_and_none_without_the_factor()
    {
        var gate = Create(new ParleyOptions { MaxConnectionsPerAddress = 2, Ipv6SiteFactor = 1 });
        var (first, second, third) = (IPAddress.Parse("2001:db8:1:1::1"), IPAddress.Parse("2001:db8:1:2::1"), IPAddress.Parse("2001:db8:1:3::1"));
        gate.Keep(first, trustsLoopback: true);
        Assert.True(gate.TryEnter(IPAddress.Parse("192.0.2.1"), out _));
        Assert.True(gate.TryMove(IPAddress.Parse("192.0.2.1"), second, out _));
        Assert.False(gate.TryEnter(third, out _));
        gate.Leave(first);
        Assert.True(gate.TryEnter(third, out _));

        var open = Create(new ParleyOptions { MaxConnectionsPerAddress = 1, MaxNewConnectionsPerAddress = 1, Ipv6SiteFactor = 0 });
        Assert.All(Enumerable.Range(0, 500), i => Assert.True(open.TryEnter(IPAddress.Parse($"2001:db8:1:{i}::1"), out _)));
    }

    [Fact]
    public async Task A_48_has_a_multiple_of_the_attempts_to_log_in()
    {
        var options = new ParleyOptions { LoginAttempts = 1, Ipv6SiteFactor = 2 };
        var (time, none) = (new ManualTimeProvider(), TestContext.Current.CancellationToken);
        var attempts = new LoginAttempts(options, Create(options, time), time);
        var first = await attempts.BeginAsync(IPAddress.Parse("2001:db8:1:1::1"), default, none);
        var second = await attempts.BeginAsync(IPAddress.Parse("2001:db8:1:2::1"), default, none);

        // One that ends well is taken back, and whoever waits for it is somebody else of the same /48.
        var third = attempts.BeginAsync(IPAddress.Parse("2001:db8:1:3::1"), default, none).AsTask();
        Assert.False(third.IsCompleted);
        first.Succeed();
        first.Dispose();
        Assert.Null((await third).Refusal);
        second.Dispose();
        (await third).Dispose();
        Assert.StartsWith("Too many attempts", (await attempts.BeginAsync(IPAddress.Parse("2001:db8:1:4::1"), default, none)).Refusal, StringComparison.Ordinal);
        Assert.Null((await attempts.BeginAsync(IPAddress.Parse("2001:db8:2:4::1"), default, none)).Refusal);
    }

    [Fact]
    public void A_48_has_a_multiple_of_the_letters()
    {
        var options = new ParleyOptions { MailsPerHour = 1, Ipv6SiteFactor = 2 };
        var limits = new MailLimits(options, Create(options), new ManualTimeProvider());

        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(i => limits.TryAsk(IPAddress.Parse($"2001:db8:1:{i}::1"))));
        Assert.True(limits.TryAsk(IPAddress.Parse("2001:db8:2::1")));
    }

    [Fact]
    public void Letters_are_counted_against_the_numbers_that_hold_now()
    {
        var options = new ParleyOptions { MailsPerHour = 1, Ipv6SiteFactor = 2 };
        var limits = new MailLimits(options, Create(options), new ManualTimeProvider());
        var address = IPAddress.Parse("2001:db8:1::1");
        var reader = new AccountId(1);
        Assert.Equal([true, false], [limits.TryAsk(address), limits.TryAsk(address)]);
        Assert.Equal([true, false], [limits.TrySendTo("ann@example.org", reader), limits.TrySendTo("ann@example.org", reader)]);
        Assert.Contains("at most 1 e-mail an hour", limits.Refusal, StringComparison.Ordinal);

        options.MailsPerHour = 2;

        Assert.Equal([true, false], [limits.TryAsk(address), limits.TryAsk(address)]);
        Assert.Equal([true, false], [limits.TrySendTo("ann@example.org", reader), limits.TrySendTo("ann@example.org", reader)]);
        Assert.Contains("at most 2 e-mails an hour", limits.Refusal, StringComparison.Ordinal);

        // With four for its /48, of which two are taken.
        Assert.Equal([true, true, false], Enumerable.Range(1, 3).Select(i => limits.TryAsk(IPAddress.Parse($"2001:db8:1:{i}::1"))));
        options.Ipv6SiteFactor = 3;
        Assert.True(limits.TryAsk(IPAddress.Parse("2001:db8:1:4::1")));
    }

    private static ConnectionGate Create(ParleyOptions options, ManualTimeProvider? time = null) => new(options, time ?? new ManualTimeProvider());
}
