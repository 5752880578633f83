using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Core.Push;
using Parley.Server.Options;
using Parley.Server.Tests.Accounts;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Http;

/// <summary>docs/operations/accounts.md: what people do about their accounts over HTTP.</summary>
public sealed class AccountEndpointsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_registers_logs_in_and_is_listed_until_logged_out()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();

        var made = await AskAsync(http, "register", """{"account":"Ann","password":"correct horse","name":"my laptop"}""");
        var again = await AskAsync(http, "login", """{"account":"ann","password":"correct horse"}""", agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        Assert.Equal(("Ann", "Ann"), ((string?)made.Body["account"], (string?)again.Body["account"]));
        var (first, second) = ((string)made.Body["token"]!, (string)again.Body["token"]!);

        var devices = (await AskAsync(http, "devices", "{}", second)).Body["devices"]!.AsArray();
        Assert.Equal(["Firefox on Linux true", "my laptop false"], devices.Select(device => $"{device!["name"]} {device["isThis"]}"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "logout", $$"""{"device":{{(long)devices[1]!["device"]!}}}""", second)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "devices", "{}", first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "logout", "{}", second)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "devices", "{}", second)).Status);
    }

    [Fact]
    public async Task A_name_that_looks_like_one_that_is_worn_is_no_account_for_somebody_else()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        await using var bot = await server.EnterAsync("deploy");

        var look = await AskAsync(http, "register", """{"account":"dep1oy","password":"correct horse"}""");

        Assert.Equal((HttpStatusCode.Conflict, "dep1oy looks like deploy, who is here: choose another name"), (look.Status, (string?)look.Body["detail"]));
        Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(http, "register", """{"account":"Deploy","password":"correct horse"}""")).Status);
    }

    [Fact]
    public async Task A_device_logs_out_those_of_its_own_account_alone()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        var ann = (string)(await AskAsync(http, "register", """{"account":"Ann","password":"correct horse"}""")).Body["token"]!;
        var eve = (string)(await AskAsync(http, "register", """{"account":"Eve","password":"correct horse"}""")).Body["token"]!;
        var device = (long)(await AskAsync(http, "devices", "{}", ann)).Body["devices"]![0]!["device"]!;

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(http, "logout", $$"""{"device":{{device}}}""", eve)).Status);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "devices", "{}", ann)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "logout", """{"all":true}""", ann)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "devices", "{}", ann)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "devices", "{}", eve)).Status);
    }

    [Fact]
    public async Task The_hash_of_a_token_logs_its_device_out_and_does_nothing_else()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        var lost = (string)(await AskAsync(http, "register", """{"account":"Ann","password":"correct horse"}""")).Body["token"]!;
        var token = (string)(await AskAsync(http, "login", """{"account":"ann","password":"correct horse"}""")).Body["token"]!;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lost.Split('.')[^1])));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "devices", "{}", $"Ann.{hash}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(http, "login", $$"""{"account":"ann","password":"{{hash}}"}""")).Status);
        await using var session = await LogInAsync(server, lost);

        foreach (var no in new[] { "", new string('0', 64), token })
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "logout", $$"""{"hash":"{{no}}"}""")).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "devices", "{}", lost)).Status);
        var done = await AskAsync(http, "logout", $$"""{"hash":"{{hash}}"}""");

        Assert.Equal((HttpStatusCode.OK, "{}"), (done.Status, done.Body.ToJsonString()));
        await session.ReadUntilContainsAsync("Logged out");
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "devices", "{}", lost)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "logout", $$"""{"hash":"{{hash}}"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "devices", "{}", token)).Status);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_by_a_code_and_logs_all_devices_out()
    {
        await using var mail = new MailServer();
        await using var server = await RealServer.StartAsync(WithMail(mail));
        using var http = server.Http();
        var made = await AskAsync(http, "register", """{"account":"Ann","password":"correct horse","email":"ann@example.org"}""");
        var token = (string)made.Body["token"]!;
        Assert.StartsWith("A code was sent to ann@example.org", (string?)made.Body["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(http, "email/verify", """{"code":"0000-0000-0000-0000"}""", token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "email/verify", $$"""{"code":"{{(await mail.NextAsync()).Code}}"}""", token)).Status);

        var known = await AskAsync(http, "recover", """{"account":"Ann"}""");
        var unknown = await AskAsync(http, "recover", """{"account":"Bob"}""");
        Assert.Equal(known.Text, unknown.Text.Replace("Bob", "Ann", StringComparison.Ordinal));
        var letter = await mail.NextAsync();
        Assert.Contains($"https://chat.example.org/#reset=Ann:{letter.Code}", letter.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(http, "reset", $$"""{"account":"Ann","code":"{{letter.Code}}","password":"short"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "reset", $$"""{"account":"Ann","code":"{{letter.Code}}","password":"battery staple"}""")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "devices", "{}", token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(http, "login", """{"account":"ann","password":"correct horse"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "login", """{"account":"ann","password":"battery staple"}""")).Status);
    }

    [Fact]
    public async Task Another_password_logs_all_devices_out_but_the_one_that_sets_it()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        var token = (string)(await AskAsync(http, "register", """{"account":"Ann","password":"correct horse","name":"my laptop"}""")).Body["token"]!;
        var other = (string)(await AskAsync(http, "login", """{"account":"ann","password":"correct horse"}""")).Body["token"]!;
        await using var here = await LogInAsync(server, token);
        await using var there = await LogInAsync(server, other);

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(http, "password", """{"password":"wrong horse","newPassword":"battery staple"}""", token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(http, "password", $$"""{"password":"{{token}}","newPassword":"battery staple"}""", token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(http, "password", """{"password":"correct horse"}""", token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "password", """{"password":"correct horse","newPassword":"battery staple"}""")).Status);
        var set = await AskAsync(http, "password", """{"password":"correct horse","newPassword":"battery staple"}""", token);

        Assert.Equal((HttpStatusCode.OK, "Ann"), (set.Status, (string?)set.Body["account"]));
        await there.ReadUntilContainsAsync("The account has another password: log in with that");
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "devices", "{}", token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, "devices", "{}", other)).Status);
        var renewed = (string)set.Body["token"]!;
        Assert.Equal(["my laptop"], (await AskAsync(http, "devices", "{}", renewed)).Body["devices"]!.AsArray().Select(device => (string?)device!["name"]));
        await here.SendLineAsync("/name Ann");

        // Its session is that of the token in place of the one before.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "logout", "{}", renewed)).Status);
        await here.ReadUntilContainsAsync("Logged out");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "login", """{"account":"ann","password":"battery staple"}""")).Status);
    }

    [Fact]
    public async Task The_token_for_another_password_is_none_if_that_was_changed_before_the_token_was_made()
    {
        var accounts = new MemoryAccountStore();
        var (devices, hooked) = HookedDevices.Create();
        await using var server = await RealServer.StartAsync(configureServices: services => services.AddSingleton<IAccountStore>(accounts).AddSingleton(devices));
        using var http = server.Http();
        var token = (string)(await AskAsync(http, "register", """{"account":"Ann","password":"correct horse"}""")).Body["token"]!;
        var ann = Assert.Single(await accounts.ListAsync(Token));
        hooked.BeforeAdd = async () => await accounts.SetPasswordAsync(ann.Name, PasswordVerifier.Create("the owner's own", PasswordVerifier.MinIterations), Token);

        var set = await AskAsync(http, "password", """{"password":"correct horse","newPassword":"battery staple"}""", token);

        Assert.Equal(HttpStatusCode.Forbidden, set.Status);
        Assert.Empty(await devices.ListAsync(ann.Id, Token));
    }

    [Fact]
    public async Task Whoever_has_copied_the_token_is_out_with_another_password()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        var token = (string)(await AskAsync(http, "register", """{"account":"Ann","password":"correct horse"}""")).Body["token"]!;
        await using var elsewhere = await LogInAsync(server, token, IPAddress.Parse("127.0.0.9"));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "password", """{"password":"correct horse","newPassword":"battery staple"}""", token)).Status);

        await elsewhere.ReadUntilContainsAsync("The account has another password: log in with that");
    }

    [Fact]
    public async Task A_device_that_is_logged_out_is_pushed_nothing_and_with_another_password_none_is()
    {
        var (pushes, accounts) = (new MemoryPushStore(), new MemoryAccountStore());
        await using var server = await RealServer.StartAsync(configureServices: services => services.AddSingleton<IPushStore>(pushes).AddSingleton<IAccountStore>(accounts));
        using var http = server.Http();
        var lost = (string)(await AskAsync(http, "register", """{"account":"Ann","password":"correct horse","name":"lost"}""")).Body["token"]!;
        var token = (string)(await AskAsync(http, "login", """{"account":"ann","password":"correct horse","name":"laptop"}""")).Body["token"]!;
        var device = (long)(await AskAsync(http, "devices", "{}", lost)).Body["devices"]!.AsArray().Single(each => (bool)each!["isThis"]!)!["device"]!;
        var ann = (await accounts.FindAsync(TestAccounts.User("Ann"), Token))!.Account.Id;
        foreach (var (endpoint, owner) in new[] { ("1", device), ("2", 0), ("3", 77) })
        {
            Assert.True(await pushes.SetAsync(new PushSubscription(ann, $"https://push.example/{endpoint}", "k", "s", "", default) { Device = owner }, 9, Token));
        }

        await AskAsync(http, "logout", $$"""{"device":{{device}}}""", token);
        Assert.Equal(["https://push.example/2", "https://push.example/3"], (await pushes.ListAsync(ann, Token)).Select(each => each.Endpoint));
        await AskAsync(http, "password", """{"password":"correct horse","newPassword":"battery staple"}""", token);
        Assert.Empty(await pushes.ListAsync(ann, Token));
    }

    [Fact]
    public async Task The_token_of_a_device_gives_nobody_another_address()
    {
        await using var mail = new MailServer();
        await using var server = await RealServer.StartAsync(WithMail(mail));
        using var http = server.Http();
        var token = (string)(await AskAsync(http, "register", """{"account":"Ann","password":"correct horse"}""")).Body["token"]!;

        Assert.Equal((HttpStatusCode.Forbidden, "That takes the password of your account, too"), await RefusalAsync("""{"email":"eve@example.org"}"""));
        Assert.Equal((HttpStatusCode.Forbidden, "The name or the password is wrong"), await RefusalAsync("""{"email":"eve@example.org","password":"wrong horse"}"""));
        Assert.True(mail.IsEmpty);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "email", """{"email":"ann@example.org","password":"correct horse"}""", token)).Status);
        Assert.Equal("RCPT TO:<ann@example.org>", (await mail.NextAsync()).To);

        async Task<(HttpStatusCode, string?)> RefusalAsync(string body)
        {
            var answer = await AskAsync(http, "email", body, token);
            return (answer.Status, (string?)answer.Body["detail"]);
        }
    }

    private static async Task<ScriptedClient> LogInAsync(RealServer server, string token, IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        await socket.ConnectAsync(server.AddressOf("lines"), TestContext.Current.CancellationToken);
        var client = ScriptedClient.Over(socket);
        await client.SendLinesAsync("/login Ann", token);
        await client.ReadUntilAsync("You are logged in as Ann");
        return client;
    }

    [Fact]
    public async Task Where_an_address_is_needed_the_account_is_made_when_the_code_comes_back()
    {
        await using var mail = new MailServer();
        var options = WithMail(mail);
        options.RequireEmail = true;
        await using var server = await RealServer.StartAsync(options);
        using var http = server.Http();

        Assert.True((bool)(await AskAsync(http, "register", """{"account":"Ann","password":"correct horse","email":"ann@example.org"}""")).Body["pending"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(http, "login", """{"account":"ann","password":"correct horse"}""")).Status);
        Assert.NotNull((await AskAsync(http, "verify", $$"""{"account":"Ann","code":"{{(await mail.NextAsync()).Code}}"}""")).Body["token"]);

        Assert.Equal("""{"takesPasskeys":true,"passwords":true,"registration":true,"needsEmail":true,"recovery":true,"needsAccount":false}""", await http.GetStringAsync("/account/features", Token));
    }

    [Theory]
    [InlineData("register", """{"account":"a b","password":"correct horse"}""", HttpStatusCode.BadRequest)]
    [InlineData("register", """{"account":"Ann","password":"short"}""", HttpStatusCode.BadRequest)]
    [InlineData("register", """{"account":"Ann","password":"correct horse","email":"nowhere"}""", HttpStatusCode.BadRequest)]
    [InlineData("register", """{"account":"Ann","password":"correct horse","invitation":"0000-0000-0000-0000"}""", HttpStatusCode.Forbidden)]
    [InlineData("verify", """{"account":"Ann","code":"0000-0000-0000-0000"}""", HttpStatusCode.Forbidden)]
    [InlineData("recover", """{"account":"Ann"}""", HttpStatusCode.Forbidden)]
    [InlineData("login", """{"account":"Ann","password":"correct horse"}""", HttpStatusCode.Forbidden)]
    [InlineData("devices", "{}", HttpStatusCode.Unauthorized)]
    [InlineData("login", "[]", HttpStatusCode.BadRequest)]
    public async Task What_will_not_do_is_told_and_changes_nothing(string method, string body, HttpStatusCode status)
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();

        Assert.Equal(status, (await AskAsync(http, method, body)).Status);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "register", """{"account":"Ann","password":"correct horse"}""")).Status);
    }

    [Fact]
    public async Task Pages_of_others_and_proxies_without_https_are_refused()
    {
        await using var server = await RealServer.StartAsync();
        using var http = server.Http();
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/account/login") { Content = new StringContent("{}") };
        foreign.Headers.Add("Origin", "https://evil.example");
        using var proxied = new HttpRequestMessage(HttpMethod.Post, "/account/login") { Content = new StringContent("{}") };
        proxied.Headers.Add("X-Forwarded-For", "192.0.2.1");

        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(foreign, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(proxied, Token)).StatusCode);
    }

    private static ParleyOptions WithMail(MailServer mail)
    {
        var options = RealServer.FreePorts();
        (options.Smtp, options.SmtpTls, options.MailFrom, options.WebUrl) = (mail.Address, SmtpEncryption.None, "chat@example.org", "https://chat.example.org/");
        return options;
    }

    private static async Task<(HttpStatusCode Status, string Text, JsonNode Body)> AskAsync(HttpClient http, string method, string body, string? token = null, string? agent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/" + method) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (agent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        using var answer = await http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return (answer.StatusCode, text, JsonNode.Parse(text)!);
    }
}
