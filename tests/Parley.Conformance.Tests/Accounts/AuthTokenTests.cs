using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>
/// https://github.com/ircv3/ircv3-specifications/pull/602, a proposal: the text of June 2026, which has taken the URLs out of requests and answers
/// </summary>
public sealed class AuthTokenTests : ConformanceTest
{
    private const string AuthToken = "https://github.com/ircv3/ircv3-specifications/pull/602";
    private const string Date = "2026-06";
    private const string Capabilities = "batch draft/authtoken draft/account-registration";

    private const string OperatorPassword = "correct horse";

    private readonly string _file = Path.GetTempFileName();
    private readonly string _operators = Path.GetTempFileName();

    [Fact]
    [Quote(AuthToken, "the output of the `TOKEN SERVICELIST` subcommand MUST be attached to the registration burst any time after sending ISUPPORT and before sending any LUSERS or MOTD output.", Date)]
    [Quote(AuthToken, "Servers MUST publish the `draft/AUTHTOKEN` ISUPPORT token to indicate they support this specification.", Date)]
    [Quote(AuthToken, "The service parameter in the `BATCH` message MUST be set to asterisk (`*`).", Date)]
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
        var list = greeting.FindIndex(line => line.Command == "TOKEN");
        Assert.InRange(list, greeting.FindLastIndex(line => line.Command == "005") + 1, greeting.FindIndex(line => line.Command == "251") - 1);
    }

    [Fact]
    [Quote(AuthToken, "Clients who negotiate the `draft/authtoken` capability MUST additionally be notified on any changes to the service list.", Date)]
    [Quote(AuthToken, "These notifications take the form `TOKEN NEW <service key> <url>` and `TOKEN DEL <service key>`.", Date)]
    [Quote(AuthToken, "Servers MAY omit `TOKEN DEL` if an existing service is changing its URL (sending only `TOKEN NEW` with the updated URL).", Date)]
    public async Task Whoever_wants_to_know_is_told_when_services_change()
    {
        var ann = await Server.RegisterAsync("Ann", Capabilities);
        var bob = await Server.RegisterAsync("Bob", "batch");
        var root = await Server.RegisterAsync("Root");
        await root.AskAsync($"OPER root :{OperatorPassword}");
        await File.WriteAllLinesAsync(_file, ["FILES https://elsewhere.example/", "example.com/QDB https://qdb.example/ Quotes"], TestContext.Current.CancellationToken);

        await root.AskAsync("REHASH");

        Assert.Equal(
            [":parley TOKEN DEL WIKI", ":parley TOKEN NEW EXAMPLE.COM/QDB https://qdb.example/", ":parley TOKEN NEW FILES https://elsewhere.example/"],
            (await ann.SyncAsync()).Bodies());
        await bob.ExpectNothingAsync();
        await root.AskAsync("REHASH");
        await ann.ExpectNothingAsync();
        Assert.Contains((await ann.AskAsync("TOKEN SERVICELIST")).Bodies(), line => line == ":parley TOKEN SERVICE EXAMPLE.COM/QDB https://qdb.example/ :Quotes");
    }

    [Fact]
    [Quote(AuthToken, "If no services are defined, the server MUST reply with a `NOTE TOKEN NO_SERVICES` message.", Date)]
    public async Task The_capability_goes_with_the_last_service_and_comes_with_the_first()
    {
        var ann = await Server.RegisterAsync("Ann", $"{Capabilities} cap-notify");
        var root = await Server.RegisterAsync("Root");
        await root.AskAsync($"OPER root :{OperatorPassword}");

        await File.WriteAllTextAsync(_file, "", TestContext.Current.CancellationToken);
        await root.AskAsync("REHASH");

        Assert.Equal([":parley TOKEN DEL FILES", ":parley TOKEN DEL WIKI", ":parley CAP Ann DEL :draft/authtoken"], (await ann.SyncAsync()).Bodies());
        Assert.Equal(["NOTE"], (await ann.AskAsync("TOKEN SERVICELIST")).Commands());
        await File.WriteAllTextAsync(_file, "WIKI https://wiki.example/", TestContext.Current.CancellationToken);
        await root.AskAsync("REHASH");
        Assert.Equal([":parley CAP Ann NEW :draft/authtoken"], (await ann.SyncAsync()).Bodies());
    }

    [Fact]
    [Quote(AuthToken, "The `TOKEN VALIDATE` subcommand MUST be usable before a client has completed connection registration.", Date)]
    [Quote(AuthToken, "Servers MUST NOT require that clients negotiate the `draft/authtoken` capability before making use of the `TOKEN` command.", Date)]
    [Quote(AuthToken, "Servers SHOULD additionally support extended ISUPPORT since token verification can happen before connection registration is complete", Date)]
    public async Task A_service_need_not_register_and_neither_side_needs_the_capability()
    {
        var ann = await LogInAsync("Ann", "batch draft/account-registration");
        var service = await Server.ConnectAsync();
        await service.SendAllAsync("CAP LS 302", "CAP REQ :batch draft/extended-isupport");
        await service.SyncAsync();

        Assert.Contains(await service.AskAsync("ISUPPORT"), line => line.Parameters.Contains("draft/AUTHTOKEN"));
        var answer = await service.AskAsync($"TOKEN VALIDATE files {await GenerateAsync(ann, "FILES")}");

        Assert.Equal(["BATCH", "TOKEN", "TOKEN", "BATCH"], answer.Commands());
        Assert.Equal(["draft/authtoken", "FILES"], answer[0].Parameters.Skip(1));
    }

    [Fact]
    [Quote(AuthToken, "Clients MUST NOT send batched `TOKEN VALIDATE` commands for tokens that are 200 bytes or less in length.", Date)]
    [Quote(AuthToken, "The batch MUST have the service key as its first parameter. `TOKEN GENERATE` messages inside of the batch SHOULD use asterisks (`*`) for the service parameter", Date)]
    public async Task A_token_is_short_enough_to_be_checked_in_one_line()
    {
        var ann = await LogInAsync("Ann");

        var answer = await ann.AskAsync("TOKEN GENERATE files");

        Assert.Equal(["draft/authtoken", "FILES"], answer[0].Parameters.Skip(1));
        Assert.Equal(["GENERATE", "*"], answer[1].Parameters.SkipLast(1));
        Assert.InRange(answer[1].Text.Length, 1, 200);
    }

    [Fact]
    [Quote(AuthToken, "If a claim key is repeated across multiple lines, clients MUST concatenate all values for a given key together without any separators", Date)]
    public async Task A_list_of_many_rooms_is_put_together_from_its_lines()
    {
        var ann = await LogInAsync("Ann");
        var rooms = Enumerable.Range(1, 30).Select(number => $"#a-room-with-a-long-name-{number:00}").ToArray();
        foreach (var chunk in rooms.Chunk(10))
        {
            await ann.AskAsync($"JOIN {string.Join(',', chunk)}");
        }

        var claims = (await ann.AskAsync($"TOKEN VALIDATE FILES {await GenerateAsync(ann, "FILES")}")).Of("TOKEN").Where(line => line.Parameters[1] == "member_of").ToArray();

        Assert.InRange(claims.Length, 2, 10);
        Assert.Equal(rooms, string.Concat(claims.Select(line => line.Text)).Split(' ').Order());
    }

    [Fact]
    [Quote(AuthToken, "the server MUST reply with a list of zero or more claims for that token inside of a `draft/authtoken` batch with the service key as its parameter.", Date)]
    [Quote(AuthToken, "The full service key MUST be treated as a case-insensitive identifier.", Date)]
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
    [Quote(AuthToken, "If this validation fails, servers MUST reply with `FAIL TOKEN INVALID_TOKEN` instead of producing a list of claims, even if the token is otherwise valid.", Date)]
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

    [Fact]
    public async Task A_token_ends_with_the_session_that_has_asked_for_it()
    {
        var ann = await LogInAsync("Ann");
        var other = await Server.RegisterAsync("Other", Capabilities);
        Assert.Contains(await other.AskAsync("NS IDENTIFY Ann correct-horse-battery"), line => line.Command == "900");
        var (of, gone) = (await GenerateAsync(ann, "FILES"), await GenerateAsync(other, "FILES"));
        var service = await Server.RegisterAsync("Service", "batch");

        await other.SendAsync("QUIT");
        await other.ReadToEndAsync();

        await RefusedAsync(service, $"TOKEN VALIDATE FILES {gone}", "INVALID_TOKEN");
        Assert.Contains(await service.AskAsync($"TOKEN VALIDATE FILES {of}"), line => line.Body == ":parley TOKEN CLAIM account Ann");
    }

    [Fact]
    public async Task A_token_ends_with_the_password_that_its_owner_has_logged_in_by()
    {
        var accounts = new MemoryAccountStore();
        await using var server = await IrcServer.StartAsync(Configure, accounts: accounts);
        var ann = await LogInAsync(server, "Ann");
        var service = await server.RegisterAsync("Service", "batch");
        Assert.True(UserName.TryParse("Ann", out var name));
        var (first, second) = (await GenerateAsync(ann, "FILES"), await GenerateAsync(ann, "FILES"));
        Assert.Equal("BATCH", (await service.AskAsync($"TOKEN VALIDATE FILES {first}"))[0].Command);

        // Where the accounts are, by a program that has not told the server.
        await accounts.SetPasswordAsync(name, PasswordVerifier.Create("another-battery", PasswordVerifier.MinIterations), TestContext.Current.CancellationToken);

        await RefusedAsync(service, $"TOKEN VALIDATE FILES {second}", "INVALID_TOKEN");
    }

    [Theory]
    [InlineData("TOKEN GENERATE FILES", "ACCOUNT_REQUIRED")]
    [InlineData("TOKEN GENERATE NOWHERE", "UNKNOWN_SERVICE")]
    [InlineData("TOKEN GENERATE", "INVALID_PARAMS")]
    [InlineData("TOKEN VALIDATE FILES", "INVALID_PARAMS")]
    [InlineData("TOKEN NONSENSE", "UNKNOWN_COMMAND")]
    [Quote(AuthToken, "If the server refuses to generate a token for any reason, it MUST send a `FAIL` message to the client indicating the reason a token could not be generated", Date)]
    public async Task Whatever_is_wrong_has_its_code(string command, string code)
    {
        var ann = await Server.RegisterAsync("Ann", Capabilities);

        await RefusedAsync(ann, command, code);
    }

    [Theory]
    [InlineData("TOKEN GENERATE FILES")]
    [InlineData("TOKEN VALIDATE FILES x")]
    [Quote(AuthToken, "This specification depends on the `batch` capability which MUST be negotiated to use the `TOKEN` command.", Date)]
    public async Task Without_batch_there_are_no_tokens(string command)
    {
        var ann = await Server.RegisterAsync("Ann", "draft/authtoken");

        await RefusedAsync(ann, command, "NEED_CAPABILITY");
    }

    [Fact]
    [Quote(AuthToken, "Servers MAY choose to allow the use of the other `TOKEN` subcommands before clients complete connection registration as well.", Date)]
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
    [Quote(AuthToken, "the server MUST fail the request with a `FAIL TOKEN NO_PERMISSIONS <service>` message.", Date)]
    public async Task Tokens_are_checked_from_the_addresses_of_the_setting_only()
    {
        await using var server = await IrcServer.StartAsync(options => options.Services = _file);
        var eve = await server.RegisterAsync("Eve", "batch");

        Assert.StartsWith(":parley FAIL TOKEN NO_PERMISSIONS FILES :", Assert.Single(await eve.AskAsync("TOKEN VALIDATE FILES x")).Body, StringComparison.Ordinal);
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

    private Task<IrcClient> LogInAsync(string nick, string capabilities = Capabilities) => LogInAsync(Server, nick, capabilities);

    private static async Task<IrcClient> LogInAsync(IrcServer server, string nick, string capabilities = Capabilities)
    {
        var client = await server.RegisterAsync(nick, capabilities);
        Assert.Contains(await client.AskAsync($"REGISTER {nick} * correct-horse-battery"), line => line.Command == "REGISTER");
        return client;
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await File.WriteAllLinesAsync(_file, ["# services", "", "files https://files.example/ Files and pictures", "WIKI https://wiki.example/"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_operators, $"root {PasswordVerifier.Create(OperatorPassword, PasswordVerifier.MinIterations)}", TestContext.Current.CancellationToken);
        return await IrcServer.StartAsync(Configure);
    }

    private void Configure(ParleyOptions options)
    {
        options.Operators = _operators;
        options.Services = _file;
        options.ServicesFrom = NetworkList.TryParse("127.0.0.0/8", out var networks) ? networks : NetworkList.None;
    }

    private protected override ValueTask CleanUpAsync()
    {
        File.Delete(_file);
        File.Delete(_operators);
        return default;
    }
}
