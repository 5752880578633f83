using Parley.Conformance.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>https://github.com/ircv3/ircv3-specifications/pull/602, a proposal of 2026-04-20, as Ergo 2.19 has it</summary>
public sealed class AuthTokenTests : ConformanceTest
{
    private const string Capabilities = "batch draft/authtoken draft/account-registration";

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task Services_are_told_in_the_greeting_and_when_asked_for()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :{Capabilities}", "NICK Ann", "USER ann 0 * :Ann", "CAP END");
        var greeting = await client.SyncAsync();

        Assert.Contains(greeting, line => line.Parameters.Contains("draft/AUTHTOKEN"));
        string[] services = [":parley TOKEN SERVICE FILES https://files.example/ :Files and pictures", ":parley TOKEN SERVICE WIKI https://wiki.example/ :"];
        Assert.Equal(services, greeting.Of("TOKEN").Bodies());
        var answer = await client.AskAsync("TOKEN SERVICELIST");
        Assert.Equal(["draft/authtoken", "*"], answer[0].Parameters.Skip(1));
        Assert.Equal(services, answer.Skip(1).SkipLast(1).Select(line => line.Body));
    }

    [Fact]
    public async Task A_token_says_once_who_somebody_is_and_where()
    {
        var ann = await LogInAsync("Ann");
        await ann.AskAsync("JOIN #room,#vault");
        await ann.AskAsync("MODE #vault +s");
        var service = await Server.RegisterAsync("Service", "batch");
        var token = await GenerateAsync(ann, "files", "#room");

        var answer = await service.AskAsync($"TOKEN VALIDATE FILES {token}");

        Assert.Equal(["draft/authtoken", "FILES"], answer[0].Parameters.Skip(1));
        Assert.Equal(
            [
                ":parley TOKEN CLAIM name Ann", ":parley TOKEN CLAIM account Ann", ":parley TOKEN CLAIM scope :#room", ":parley TOKEN CLAIM member_of :#room",
                ":parley TOKEN CLAIM operator_of :#room",
            ],
            answer.Skip(1).SkipLast(1).Select(line => line.Body));
        await RefusedAsync(service, $"TOKEN VALIDATE FILES {token}", "INVALID_TOKEN");
    }

    [Fact]
    public async Task A_token_is_for_one_service_for_two_minutes_and_while_its_owner_is_here()
    {
        var ann = await LogInAsync("Ann");
        var service = await Server.RegisterAsync("Service", "batch");

        await RefusedAsync(service, $"TOKEN VALIDATE WIKI {await GenerateAsync(ann, "FILES")}", "INVALID_TOKEN");
        var old = await GenerateAsync(ann, "FILES");
        Server.Time.Advance(TimeSpan.FromSeconds(30));
        await ann.SyncAsync();
        await service.SyncAsync();
        for (var i = 0; i < 3; i++)
        {
            Server.Time.Advance(TimeSpan.FromSeconds(30));
            await ann.SyncAsync();
            await service.SyncAsync();
        }

        await RefusedAsync(service, $"TOKEN VALIDATE FILES {old}", "INVALID_TOKEN");
        var last = await GenerateAsync(ann, "FILES");
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();
        await RefusedAsync(service, $"TOKEN VALIDATE FILES {last}", "INVALID_TOKEN");
        await RefusedAsync(service, "TOKEN VALIDATE FILES nonsense", "INVALID_TOKEN");
    }

    [Theory]
    [InlineData("TOKEN GENERATE FILES", "ACCOUNT_REQUIRED")]
    [InlineData("TOKEN GENERATE NOWHERE", "UNKNOWN_SERVICE")]
    [InlineData("TOKEN GENERATE", "INVALID_PARAMS")]
    [InlineData("TOKEN VALIDATE FILES", "INVALID_PARAMS")]
    [InlineData("TOKEN NONSENSE", "UNKNOWN_COMMAND")]
    public async Task Whatever_is_wrong_has_its_code(string command, string code)
    {
        var ann = await Server.RegisterAsync("Ann", Capabilities);

        await RefusedAsync(ann, command, code);
    }

    [Theory]
    [InlineData("TOKEN GENERATE FILES")]
    [InlineData("TOKEN VALIDATE FILES x")]
    public async Task Without_batch_there_are_no_tokens(string command)
    {
        var ann = await Server.RegisterAsync("Ann", "draft/authtoken");

        await RefusedAsync(ann, command, "NEED_CAPABILITY");
    }

    [Fact]
    public async Task Before_registration_there_are_none()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :{Capabilities}");
        await client.SyncAsync();

        await RefusedAsync(client, "TOKEN GENERATE FILES", "NO_PERMISSIONS");
        await RefusedAsync(client, "TOKEN SERVICELIST", "NO_PERMISSIONS");
    }

    [Fact]
    public async Task One_account_has_ten_tokens_at_a_time()
    {
        var ann = await LogInAsync("Ann");
        for (var i = 0; i < 10; i++)
        {
            await GenerateAsync(ann, "FILES");
        }

        await RefusedAsync(ann, "TOKEN GENERATE FILES", "RATE_LIMITED");
    }

    [Fact]
    public async Task Tokens_are_checked_from_the_addresses_of_the_setting_only()
    {
        await using var server = await IrcServer.StartAsync(options => options.Services = _file);
        var eve = await server.RegisterAsync("Eve", "batch");

        await RefusedAsync(eve, "TOKEN VALIDATE FILES x", "NO_PERMISSIONS");
    }

    [Fact]
    public async Task Without_services_there_is_no_such_capability()
    {
        await using var server = await IrcServer.StartAsync();
        var client = await server.ConnectAsync();

        Assert.DoesNotContain(await client.AskAsync("CAP LS 302"), line => line.Text.Contains("authtoken", StringComparison.Ordinal));
    }

    private static async Task RefusedAsync(IrcClient client, string command, string code)
    {
        var refusal = Assert.Single(await client.AskAsync(command));
        Assert.Equal(("FAIL", "TOKEN", code), (refusal.Command, refusal.Parameters[0], refusal.Parameters[1]));
    }

    private static async Task<string> GenerateAsync(IrcClient client, string service, string scope = "")
    {
        var answer = await client.AskAsync($"TOKEN GENERATE {service} {scope}".TrimEnd());
        Assert.Equal(["BATCH", "TOKEN", "BATCH"], answer.Commands());
        return answer[1].Text;
    }

    private async Task<IrcClient> LogInAsync(string nick)
    {
        var client = await Server.RegisterAsync(nick, Capabilities);
        Assert.Contains(await client.AskAsync($"REGISTER {nick} * correct-horse-battery"), line => line.Command == "REGISTER");
        return client;
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await File.WriteAllLinesAsync(_file, ["# services", "", "files https://files.example/ Files and pictures", "WIKI https://wiki.example/"], TestContext.Current.CancellationToken);
        return await IrcServer.StartAsync(options =>
        {
            options.Services = _file;
            options.ServicesFrom = NetworkList.TryParse("127.0.0.0/8", out var networks) ? networks : NetworkList.None;
        });
    }

    private protected override ValueTask CleanUpAsync()
    {
        File.Delete(_file);
        return default;
    }
}
