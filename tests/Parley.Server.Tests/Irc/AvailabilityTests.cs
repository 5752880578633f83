using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Hosting;
using Parley.Server.Irc.Dispatch;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Irc;

/// <summary>https://ircv3.net/specs/extensions/capability-negotiation#cap-notify: capabilities that come and go while clients are there.</summary>
public sealed class AvailabilityTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly IAccountStore _accounts = DispatchProxy.Create<IAccountStore, FailingAccounts>();
    private readonly ServiceProvider _services;

    private readonly List<(ScriptedClient Client, Task Conversation)> _clients = [];

    public AvailabilityTests()
        => _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton(_accounts)
            .AddParley(new ParleyOptions { Accounts = RegistrationPolicy.Open })
            .BuildServiceProvider();

    private IrcAvailability Availability => _services.GetRequiredService<IrcContext>().Availability;

    [Fact]
    public async Task A_client_of_302_is_told_what_goes_and_what_comes_back()
    {
        var ann = await EnterAsync("Ann", "CAP LS 302", "CAP REQ :away-notify sasl", "CAP END");

        Availability.Set(IrcCapabilities.AwayNotify, isAvailable: false);
        Availability.Set(IrcCapabilities.AwayNotify, isAvailable: true);

        Assert.Equal([":parley CAP Ann DEL :away-notify", ":parley CAP Ann NEW :away-notify"], await SyncAsync(ann));
    }

    [Fact]
    public async Task What_comes_is_told_with_its_value()
    {
        var ann = await EnterAsync("Ann", "CAP LS 302", "CAP END");

        Availability.Tell(IrcCapabilities.Sasl);

        Assert.Equal([":parley CAP Ann NEW :sasl=SCRAM-SHA-256,PLAIN"], await SyncAsync(ann));
    }

    [Fact]
    public async Task An_old_client_is_told_names_if_it_asked_for_news_and_nothing_if_not()
    {
        var ann = await EnterAsync("Ann", "CAP REQ cap-notify", "CAP END");
        var bob = await EnterAsync("Bob");

        Availability.Tell(IrcCapabilities.Sasl);

        Assert.Equal([":parley CAP Ann NEW :sasl"], await SyncAsync(ann));
        Assert.Empty(await SyncAsync(bob));
    }

    [Fact]
    public async Task What_has_gone_is_off_and_neither_offered_nor_given()
    {
        var ann = await EnterAsync("Ann", "CAP LS 302", "CAP REQ :setname away-notify", "CAP END");
        Availability.Set(IrcCapabilities.AwayNotify, isAvailable: false);
        await SyncAsync(ann);

        Assert.Equal([":parley CAP Ann LIST :cap-notify setname"], await AskAsync(ann, "CAP LIST"));
        Assert.Equal([":parley CAP Ann NAK :away-notify"], await AskAsync(ann, "CAP REQ away-notify"));
        Assert.DoesNotContain("away-notify", string.Concat(await AskAsync(ann, "CAP LS 302")));
        Availability.Set(IrcCapabilities.AwayNotify, isAvailable: true);
        Assert.Equal([":parley CAP Ann NEW :away-notify", ":parley CAP Ann ACK :away-notify"], await AskAsync(ann, "CAP REQ away-notify"));
    }

    [Fact]
    public async Task What_is_so_already_is_no_news()
    {
        var ann = await EnterAsync("Ann", "CAP LS 302", "CAP END");

        Availability.Set(IrcCapabilities.AwayNotify, isAvailable: true);

        Assert.Empty(await SyncAsync(ann));
    }

    [Fact]
    public async Task Accounts_that_cannot_be_looked_up_are_not_offered_until_they_can_be()
    {
        var ann = await EnterAsync("Ann", "CAP LS 302", "CAP REQ :sasl draft/account-registration", "CAP END");
        var accounts = (FailingAccounts)(object)_accounts;

        accounts.IsFailing = true;
        await ann.SendLineAsync("REGISTER * * otters-are-fine");
        Assert.Equal(
            [
                ":parley CAP Ann DEL :sasl",
                ":parley CAP Ann DEL :draft/account-registration",
                ":parley FAIL REGISTER TEMPORARILY_UNAVAILABLE Ann :Accounts cannot be made now, try again later",
            ],
            await SyncAsync(ann));

        _time.Advance(IrcAccountWatch.Period);
        Assert.Empty(await SyncAsync(ann));

        accounts.IsFailing = false;
        _time.Advance(IrcAccountWatch.Period);
        Assert.Equal(
            [":parley CAP Ann NEW :sasl=SCRAM-SHA-256,PLAIN", ":parley CAP Ann NEW :draft/account-registration=before-connect,custom-account-name"],
            await SyncAsync(ann));
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var (client, conversation) in _clients)
        {
            await client.DisposeAsync();
            await conversation.WithinSafetyAsync();
        }

        await _services.DisposeAsync();
    }

    private async Task<ScriptedClient> EnterAsync(string nick, params string[] negotiation)
    {
        var connection = new InMemoryConnection();
        var conversation = Task.Run(() => _services.GetRequiredService<IrcConnectionHandler>().OnConnectedAsync(connection));
        var client = new ScriptedClient(connection.ClientEnd, nick);
        _clients.Add((client, conversation));
        await client.SendLinesAsync([.. negotiation, $"NICK {nick}", $"USER {nick} 0 * :{nick}"]);
        await SyncAsync(client);
        return client;
    }

    private static async Task<List<string>> AskAsync(ScriptedClient client, string line)
    {
        await client.SendLineAsync(line);
        return await SyncAsync(client);
    }

    /// <summary>All that has come until now.</summary>
    private static async Task<List<string>> SyncAsync(ScriptedClient client)
    {
        await client.SendLineAsync("PING sync");
        var lines = new List<string>();
        while ((await client.ReadLineAsync())?.TrimEnd('\r') is { } line && line != ":parley PONG parley :sync")
        {
            lines.Add(line);
        }

        return lines;
    }
}
