using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Server.Accounts;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Hosting;

public sealed class ReadinessTests
{
    [Theory]
    [InlineData(HistoryFailurePolicy.Refuse, HttpStatusCode.ServiceUnavailable, "messages are refused, as history cannot be kept: the disk is full\n")]
    [InlineData(HistoryFailurePolicy.Deliver, HttpStatusCode.OK, "ready, but history is not kept: the disk is full\n")]
    public async Task When_history_fails_ready_says_so_and_says_no_if_nobody_can_talk(HistoryFailurePolicy policy, HttpStatusCode status, string words)
    {
        using var store = new ScriptedStore { Fails = true };
        var options = RealServer.FreePorts();
        (options.History, options.HistoryFailure) = (true, policy);
        await using var server = await RealServer.StartAsync(options, store: store);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await AskAsync(server));

        await using var ann = await server.EnterAsync("ann");
        await ann.SendLineAsync("hello");
        await server.UntilAsync(metrics => metrics.Samples["parley_history_failing"] == 1);
        Assert.Equal((status, words), await AskAsync(server));
        using var http = server.Http();
        Assert.Equal("alive\n", await http.GetStringAsync("/health/live", TestContext.Current.CancellationToken));

        // The next message is kept again: of itself where it is refused, with the others where they are delivered.
        store.Fails = false;
        server.Time.Advance(TimeSpan.FromSeconds(2));
        await ann.SendLineAsync("again");
        await server.UntilAsync(metrics => metrics.Samples["parley_history_failing"] == 0);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await AskAsync(server));
    }

    [Fact]
    public async Task When_accounts_cannot_be_used_ready_says_so_and_yes()
    {
        var accounts = DispatchProxy.Create<IAccountStore, FailingAccounts>();
        await using var server = await RealServer.StartAsync(configureServices: services => services.AddSingleton(accounts));
        ((FailingAccounts)accounts).IsFailing = true;
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await AskAsync(server));

        server.Time.Advance(AccountHealth.Interval);
        await server.UntilAsync(metrics => metrics.Samples["parley_accounts_failing"] == 1);
        Assert.Equal((HttpStatusCode.OK, "ready, but accounts cannot be used: The disk is gone.\n"), await AskAsync(server));
        server.Time.Advance(AccountHealth.Interval);

        ((FailingAccounts)accounts).IsFailing = false;
        server.Time.Advance(AccountHealth.Interval);
        await server.UntilAsync(metrics => metrics.Samples["parley_accounts_failing"] == 0);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await AskAsync(server));
        Assert.Equal(1, server.Log.Entries.Count(entry => entry is { Id: 713, Message: "Accounts cannot be used: The disk is gone." }));
    }

    [Fact]
    public async Task While_the_server_stops_ready_says_no()
    {
        await using var server = await RealServer.StartAsync();
        await using var reader = await server.EnterAsync("ann");

        // The client has not closed its side, for which the server waits: until then HTTP can be asked.
        var stopping = server.StopAsync();
        await reader.ReadUntilAsync("Server is shutting down");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "stopping\n"), await AskAsync(server));
        await reader.DisposeAsync();
        await stopping;
    }

    private static async Task<(HttpStatusCode Status, string Words)> AskAsync(RealServer server)
    {
        using var http = server.Http();
        using var response = await http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
