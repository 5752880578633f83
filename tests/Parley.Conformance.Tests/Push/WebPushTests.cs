using System.Buffers.Text;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Core.Push;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Push;

/// <summary>The command and its answers.</summary>
public sealed class WebPushTests : PushTest
{
    private const string Point = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";

    private static readonly (string Command, string Context)[] Unreadable =
    [
        ("WEBPUSH", "* *"),
        ("WEBPUSH NONSENSE https://push.example/1", "NONSENSE https://push.example/1"),
        ("WEBPUSH REGISTER", "REGISTER *"),
        ("WEBPUSH REGISTER https://push.example/1", "REGISTER https://push.example/1"),
        ("WEBPUSH REGISTER https://push.example/1 k more", "REGISTER https://push.example/1"),
        ("WEBPUSH UNREGISTER", "UNREGISTER *"),
        ("WEBPUSH UNREGISTER https://push.example/1 more", "UNREGISTER https://push.example/1"),
        ("WEBPUSH UNREGISTER :https://push.example/1 more", "UNREGISTER https://push.example/1"),
        ("WEBPUSH REGISTER https://push.example/1 nonsense", "REGISTER https://push.example/1"),
        ("WEBPUSH REGISTER https://push.example/1 p256dh=" + Point, "REGISTER https://push.example/1"),
        ("WEBPUSH REGISTER https://push.example/1 auth=" + Secret, "REGISTER https://push.example/1"),
        ("WEBPUSH REGISTER https://push.example/1 p256dh=" + Point + ";auth=c2hvcnQ", "REGISTER https://push.example/1"),
        ("WEBPUSH REGISTER https://push.example/1 p256dh=" + Secret + ";auth=" + Secret, "REGISTER https://push.example/1"),
        ("WEBPUSH REGISTER https://push.example/1 p256dh=BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A9;auth=" + Secret, "REGISTER https://push.example/1"),
        ("WEBPUSH REGISTER https://push.example/1 p256dh=!;auth=" + Secret, "REGISTER https://push.example/1"),
    ];

    private static readonly string[] BadEndpoints =
    [
        "http://push.example/1",
        "nonsense",
        "https://user:secret@push.example/1",
        "https://127.0.0.1/1",
        "https://0x7f000001/1",
        "https://2130706433/1",
        "https://10.1.2.3:8443/1",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/1",
        "https://[::ffff:192.168.0.1]/1",
        "https://[fd00::1]/1",
        "https://[fe80::1%25eth0]/1",
    ];

    [Theory]
    [InlineData("draft/webpush")]
    [InlineData("soju.im/webpush")]
    [Quote(WebPush, "Software implementing this work-in-progress specification MUST NOT use the unprefixed `webpush` CAP name. Instead, implementations SHOULD use the `draft/webpush` CAP name", Date)]
    [Quote(WebPush, "If the server supports Voluntary Application Server Identification (VAPID) and the client has enabled the `draft/webpush` capability, the server MUST advertise its public key in the `VAPID` ISUPPORT token.", Date)]
    [Quote(WebPush, "The value MUST be the URL-safe base64-encoded public key usable with the Elliptic Curve Digital Signature Algorithm (ECDSA) over the P-256 curve. The value MUST NOT change over the lifetime of the connection to avoid race conditions.", Date)]
    public async Task The_key_is_told_to_those_who_have_the_capability(string capability)
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :{capability}", "NICK Ben", "USER ben 0 * :Ben", "CAP END");
        var greeting = await client.SyncAsync();

        var offered = Offered(greeting);
        Assert.Contains(capability, offered);
        Assert.DoesNotContain("webpush", offered);
        var key = KeyIn(greeting);
        var point = Base64Url.DecodeFromChars(key);
        Assert.Equal((65, 4), (point.Length, point[0]));
        Assert.Equal(key, KeyIn(await client.AskAsync("ISUPPORT")));
    }

    [Fact]
    public async Task The_key_is_the_same_after_a_restart()
    {
        var key = KeyIn(await (await Server.RegisterAsync("Ben")).AskAsync("ISUPPORT"));
        await Server.StopAsync();

        await using var again = await StartAgainAsync();
        Assert.Equal(key, KeyIn(await (await again.RegisterAsync("Ben")).AskAsync("ISUPPORT")));
    }

    [Theory]
    [InlineData("REGISTER")]
    [InlineData("register")]
    [Quote(WebPush, "It has a case-insensitive subcommand", Date)]
    [Quote(WebPush, "If the registration is successful, the server MUST reply with a `WEBPUSH REGISTER` message", Date)]
    public async Task A_registration_is_answered_with_its_endpoint(string subcommand)
    {
        await ComeAsync();

        Assert.Equal(
            [$":parley WEBPUSH REGISTER {Phone.Endpoint}"], (await Client.AskAsync($"WEBPUSH {subcommand} {Phone.Endpoint} {Phone.Keys}")).Bodies());
    }

    [Fact]
    [Quote(WebPush, "Servers MUST silently ignore `UNREGISTER` commands for non-existing subscriptions.", Date)]
    [Quote(WebPush, "If the unregistration is successful, the server MUST echo back the `WEBPUSH UNREGISTER` message.", Date)]
    public async Task Whoever_unregisters_is_pushed_to_no_more_and_may_do_so_twice()
    {
        await SubscribeAsync();
        using var tablet = new PushDevice("https://push.example/tablet");
        await RegisterAsync(Client, tablet);

        Assert.Equal([$":parley WEBPUSH UNREGISTER {tablet.Endpoint}"], (await Client.AskAsync($"WEBPUSH UNREGISTER {tablet.Endpoint}")).Bodies());
        Assert.DoesNotContain(await Client.AskAsync($"WEBPUSH UNREGISTER {tablet.Endpoint}"), line => line.Command == "FAIL");

        await LeaveAsync();
        await NothingWasPushedAsync();
        Assert.Single(await Subscriptions.ListAsync(await IdAsync(), Token));
    }

    [Fact]
    [Quote(WebPush, "Servers MUST replace any previous subscription with the same `<endpoint>`.", Date)]
    public async Task The_same_endpoint_is_pushed_to_once_with_its_newest_keys()
    {
        await SubscribeAsync();
        using var renewed = new PushDevice(Phone.Endpoint);
        await RegisterAsync(Client, renewed);
        await LeaveAsync();

        await Bob.AskAsync("PRIVMSG Ann :one");
        await Bob.AskAsync("PRIVMSG Ann :two");

        Assert.Equal(["one", "two"], [(await WokenAsync(renewed)).Text, (await WokenAsync(renewed)).Text]);
    }

    [Fact]
    [Quote(WebPush, "Servers MUST replace any previous subscription with the same `<endpoint>`.", Date)]
    public async Task A_device_that_somebody_else_logs_in_on_is_his()
    {
        await SubscribeAsync();
        await LeaveAsync();
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        var zoe = await LogInAsync(Server, "Zoe", "battery-staple", Capabilities);
        await RegisterAsync(zoe, Phone);
        await zoe.AskAsync("AWAY :out");

        await Bob.AskAsync("PRIVMSG Ann :for Ann");
        await Bob.AskAsync("PRIVMSG Zoe :for Zoe");

        Assert.Equal("for Zoe", (await WokenAsync()).Text);
        Assert.True(Service.IsEmpty);
    }

    [Fact]
    [Quote(WebPush, "If the server receives a syntactically invalid `WEBPUSH` command, e.g., an unknown subcommand, missing parameters, excess parameters, or parameters that cannot be parsed, the `INVALID_PARAMS` error code SHOULD be returned", Date)]
    public async Task Whatever_cannot_be_read_is_refused()
    {
        await ComeAsync();

        foreach (var (command, context) in Unreadable)
        {
            await RefusedAsync(command, $"INVALID_PARAMS {context}");
        }

        Assert.Empty(await Subscriptions.ListAccountsAsync(Token));
    }

    [Fact]
    [Quote(WebPush, "HTTP over TLS MUST be used for push endpoints. Servers MUST check that push endpoints use the \"https\" scheme.", Date)]
    [Quote(WebPush, "IRC servers SHOULD ensure that HTTP request hosts don't resolve to loopback or private IPs.", Date)]
    public async Task An_endpoint_that_is_no_public_https_address_is_refused()
    {
        await ComeAsync();

        foreach (var endpoint in BadEndpoints)
        {
            await RefusedAsync($"WEBPUSH REGISTER {endpoint} {Phone.Keys}", $"INVALID_PARAMS REGISTER {endpoint}");
        }

        Assert.Empty(await Subscriptions.ListAccountsAsync(Token));
    }

    [Fact]
    [Quote(WebPush, "If the server cannot fullfill a `REGISTER` command due to too many active registrations, the `MAX_REGISTRATIONS` error code SHOULD be returned", Date)]
    [Quote(WebPush, "IRC servers SHOULD define limits in terms of number of registered push endpoints and notification rate.", Date)]
    public async Task An_account_has_as_many_as_the_operator_says_and_may_renew_those()
    {
        await Server.StopAsync();
        await using var server = await StartAgainAsync(options => options.PushEndpoints = 2);
        var client = await LogInAsync(server, "Ann", Password, Capabilities);
        await client.AskAsync($"WEBPUSH REGISTER https://push.example/1 {Phone.Keys}");
        await client.AskAsync($"WEBPUSH REGISTER https://push.example/2 {Phone.Keys}");

        Assert.StartsWith(
            ":parley FAIL WEBPUSH MAX_REGISTRATIONS REGISTER https://push.example/3 :",
            Assert.Single(await client.AskAsync($"WEBPUSH REGISTER https://push.example/3 {Phone.Keys}")).Body, StringComparison.Ordinal);
        Assert.Equal("WEBPUSH", Assert.Single(await client.AskAsync($"WEBPUSH REGISTER https://push.example/2 {Phone.Keys}")).Command);
        await client.AskAsync("WEBPUSH UNREGISTER https://push.example/1");
        Assert.Equal("WEBPUSH", Assert.Single(await client.AskAsync($"WEBPUSH REGISTER https://push.example/3 {Phone.Keys}")).Command);
    }

    [Fact]
    [Quote(WebPush, "If the server cannot fullfill a client command due to an internal error, the `INTERNAL_ERROR` error code SHOULD be returned", Date)]
    public async Task A_store_that_fails_is_an_internal_error()
    {
        await Server.StopAsync();
        var store = DispatchProxy.Create<IPushStore, BrokenStore>();
        await using var server = await IrcServer.StartAsync(accounts: Store, services: services => services.AddSingleton(store));
        var client = await LogInAsync(server, "Ann", Password, Capabilities);
        ((BrokenStore)(object)store).IsBroken = true;

        foreach (var (command, context) in new[]
        {
            ($"REGISTER {Phone.Endpoint} {Phone.Keys}", "REGISTER"), ($"UNREGISTER {Phone.Endpoint}", "UNREGISTER"),
        })
        {
            Assert.StartsWith(
                $":parley FAIL WEBPUSH INTERNAL_ERROR {context} {Phone.Endpoint} :", Assert.Single(await client.AskAsync($"WEBPUSH {command}")).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_an_account_nobody_subscribes()
    {
        Client = await Server.RegisterAsync("Gus", Capabilities);

        await RefusedAsync($"WEBPUSH REGISTER {Phone.Endpoint} {Phone.Keys}", $"ACCOUNT_REQUIRED REGISTER {Phone.Endpoint}");
    }

    [Fact]
    public async Task Where_the_operator_wants_no_push_there_is_none()
    {
        await Server.StopAsync();
        await using var server = await StartAgainAsync(options => options.PushEndpoints = 0);
        var client = await server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", "NICK Ben", "USER ben 0 * :Ben", "CAP END");
        var greeting = await client.SyncAsync();

        Assert.DoesNotContain(Offered(greeting), capability => capability.Contains("webpush", StringComparison.Ordinal));
        Assert.DoesNotContain(greeting.Of("005"), line => line.Parameters.Any(token => token.StartsWith("VAPID", StringComparison.Ordinal)));
        Assert.Equal("FAIL", Assert.Single(await client.AskAsync($"WEBPUSH REGISTER {Phone.Endpoint} {Phone.Keys}")).Command);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Offered(IEnumerable<IrcLine> lines)
        => [.. lines.Where(line => line is { Command: "CAP", Parameters: [_, "LS", ..] }).SelectMany(line => line.Text.Split(' '))];

    private static string KeyIn(IEnumerable<IrcLine> lines)
        => lines.Of("005").SelectMany(line => line.Parameters).Single(token => token.StartsWith("VAPID=", StringComparison.Ordinal))["VAPID=".Length..];

    private async Task<AccountId> IdAsync() => (await Store.FindAsync(Ann, Token))!.Account.Id;

    private async Task RefusedAsync(string command, string answer)
        => Assert.StartsWith($":parley FAIL WEBPUSH {answer} :", Assert.Single(await Client.AskAsync(command)).Body, StringComparison.Ordinal);

    /// <summary>A store that fails when it is told to.</summary>
    public class BrokenStore : DispatchProxy
    {
        private readonly MemoryPushStore _inner = new();

        public bool IsBroken { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
            => IsBroken ? throw new AccountStoreException("The disk is gone") : targetMethod!.Invoke(_inner, args);
    }
}
