using Microsoft.Extensions.DependencyInjection;
using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;
using Parley.Core.Push;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Push;

/// <summary>
/// Tests with a push service, where Ann has an account and Bob is in <c>#room</c>. The specification is a proposal:
/// https://github.com/ircv3/ircv3-specifications/pull/471, a text of 2025-05-04.
/// </summary>
public abstract class PushTest : AccountTest
{
    private protected const string WebPush = "https://github.com/ircv3/ircv3-specifications/pull/471";
    private protected const string Date = "2025-05-04";
    private protected const string Capabilities = "draft/webpush message-tags server-time account-tag";

    private protected PushService Service { get; } = new();

    private protected MemoryPushStore Subscriptions { get; } = new();

    private protected PushDevice Phone { get; } = new("https://push.example/phone");

    private protected IrcClient Bob { get; private set; } = null!;

    private protected IrcClient Client { get; set; } = null!;

    private protected override async Task<IrcServer> StartAsync()
    {
        await MakeAnnAsync(DateTimeOffset.UnixEpoch);
        return await StartAgainAsync();
    }

    private protected Task<IrcServer> StartAgainAsync(Action<ParleyOptions>? configure = null) => IrcServer.StartAsync(configure, accounts: Store, services: AddPush);

    private protected override ValueTask CleanUpAsync()
    {
        Phone.Dispose();
        return base.CleanUpAsync();
    }

    /// <summary>Ann, who is logged in and in <c>#room</c> with Bob, whose room it is.</summary>
    private protected async Task<IrcClient> ComeAsync(string capabilities = Capabilities, string rooms = "#room")
    {
        Bob ??= await Server.JoinAsync("Bob", rooms);
        Client = await LogInAsync(Server, "Ann", Password, capabilities);
        await Client.AskAsync($"JOIN {rooms}");
        return Client;
    }

    /// <summary>Ann has her phone woken from here on.</summary>
    private protected async Task SubscribeAsync(string capabilities = Capabilities, string rooms = "#room")
    {
        await ComeAsync(capabilities, rooms);
        await RegisterAsync(Client, Phone);
    }

    /// <summary>Ann leaves, and Bob has seen it.</summary>
    private protected async Task LeaveAsync()
    {
        await Client.SendAsync("QUIT");
        await Bob.ReadUntilAsync("QUIT");
        await Client.ReadToEndAsync();
    }

    private protected static async Task RegisterAsync(IrcClient client, PushDevice device)
        => Assert.Equal([$":parley WEBPUSH REGISTER {device.Endpoint}"], (await client.AskAsync($"WEBPUSH REGISTER {device.Endpoint} {device.Keys}")).Bodies());

    /// <summary>The next message that the phone is woken with.</summary>
    private protected async Task<IrcLine> WokenAsync(PushDevice? device = null) => IrcLine.Parse((device ?? Phone).Decrypt((await Service.NextAsync()).Body));

    /// <summary>Nothing was pushed of what was said before: what is said now comes first.</summary>
    private protected async Task NothingWasPushedAsync()
    {
        await Bob.AskAsync("PRIVMSG Ann :this");
        Assert.Equal("this", (await WokenAsync()).Text);
        Assert.True(Service.IsEmpty);
    }

    /// <summary>Completes when nobody has a subscription any more.</summary>
    private protected Task EndedAsync() => Task.Run(async () =>
    {
        while ((await Subscriptions.ListAccountsAsync()).Count > 0)
        {
            await Task.Yield();
        }
    }).WithinSafetyAsync();

    private protected static async Task<IrcClient> LogInAsync(IrcServer server, string name, string password, string capabilities)
    {
        var client = await server.ConnectAsync();
        client.Nick = name;
        await client.SendAllAsync(
            "CAP LS 302", $"CAP REQ :sasl {capabilities}", $"NICK {name}", $"USER {name} 0 * :{name}", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain(name, password)}", "CAP END");
        Assert.Contains(await client.SyncAsync(), line => line.Command == "001");
        return client;
    }

    private protected void AddPush(IServiceCollection services)
        => services.AddSingleton<IPushStore>(Subscriptions).AddKeyedSingleton<HttpMessageHandler>(ParleyServices.PushHandlerKey, Service);
}
