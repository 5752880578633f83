using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Server.Tests.Accounts;
using Parley.Server.Tests.Support;
using Parley.TestKit;
using Parley.TestKit.Identity;

namespace Parley.Server.Tests.Http;

/// <summary>docs/operations/accounts.md: passkeys, with an authenticator in memory. A browser with one is in <c>Parley.Browser.Tests</c>.</summary>
public sealed class PasskeyEndpointsTests : IAsyncLifetime
{
    private readonly IDeviceStore _devices;
    private readonly HookedDevices _hooked;
    private readonly MemoryPasskeyStore _passkeys = new();
    private RealServer _server = null!;
    private HttpClient _http = null!;
    private SoftPasskey _passkey = null!;
    private string _token = "";

    private const string Proof = """{"password":"correct horse"}""";

    public PasskeyEndpointsTests() => (_devices, _hooked) = HookedDevices.Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = RealServer.FreePorts();
        options.AccountPasskeys = 2;
        _server = await RealServer.StartAsync(options, configureServices: services => services.AddSingleton(_devices).AddSingleton<IPasskeyStore>(_passkeys));
        _http = new HttpClient { BaseAddress = new Uri($"http://localhost:{((IPEndPoint)_server.AddressOf("http")).Port}") };
        _passkey = new SoftPasskey(_http.BaseAddress.GetLeftPart(UriPartial.Authority));
        _token = (string)(await AskAsync("register", """{"account":"Ann","password":"correct horse"}""")).Body["token"]!;
    }

    public async ValueTask DisposeAsync()
    {
        _passkey.Dispose();
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_logs_in_and_is_removed()
    {
        Assert.Equal(HttpStatusCode.OK, await AddAsync(_passkey));

        var login = await LogInAsync();

        Assert.Equal((HttpStatusCode.OK, "Ann"), (login.Status, (string?)login.Body["account"]));
        var passkey = Assert.Single((await AskAsync("passkeys", "{}", (string)login.Body["token"]!)).Body["passkeys"]!.AsArray())!;
        Assert.Equal(("phone", _server.Time.GetUtcNow()), ((string?)passkey["name"], (DateTimeOffset)passkey["lastUsed"]!));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("passkeys/remove", $$"""{"passkey":{{(long)passkey["passkey"]!}}}""", _token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await LogInAsync()).Status);
    }

    [Fact]
    public async Task Who_may_have_come_in_by_a_passkey_goes_with_it_and_the_device_that_takes_it_away_stays()
    {
        await AddAsync(_passkey);
        var thief = (string)(await LogInAsync()).Body["token"]!;
        await using var before = await EnterAsync("correct horse");
        await using var theirs = await EnterAsync(thief);
        await using var mine = await EnterAsync(_token);
        var passkey = (long)(await AskAsync("passkeys", "{}", _token)).Body["passkeys"]![0]!["passkey"]!;

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("passkeys/remove", $$"""{"passkey":{{passkey}}}""", _token)).Status);

        await theirs.ReadUntilContainsAsync("A way to log in to the account was taken away: log in with another");
        await before.ReadUntilContainsAsync("A way to log in to the account was taken away: log in with another");
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("devices", "{}", thief)).Status);
        Assert.Single((await AskAsync("devices", "{}", _token)).Body["devices"]!.AsArray());
        await mine.SendLineAsync("still here");
        await mine.ReadUntilAsync("Ann: still here");
    }

    [Fact]
    public async Task A_passkey_that_is_taken_away_while_it_logs_in_does_not()
    {
        await AddAsync(_passkey);
        var passkey = (long)(await AskAsync("passkeys", "{}", _token)).Body["passkeys"]![0]!["passkey"]!;
        _hooked.BeforeAdd = async () => Assert.Equal(HttpStatusCode.OK, (await AskAsync("passkeys/remove", $$"""{"passkey":{{passkey}}}""", _token)).Status);

        Assert.Equal(HttpStatusCode.Forbidden, (await LogInAsync()).Status);

        Assert.Single((await AskAsync("devices", "{}", _token)).Body["devices"]!.AsArray());
    }

    [Theory]
    [InlineData("{}", "That takes the password of your account, too")]
    [InlineData("""{"password":"wrong horse"}""", "The name or the password is wrong")]
    [InlineData("""{"password":"TOKEN"}""", "The name or the password is wrong")]
    public async Task A_passkey_outlasts_the_device_that_adds_it_and_takes_the_password(string body, string detail)
    {
        var (status, answer) = await AskAsync("passkeys/begin", body.Replace("TOKEN", _token, StringComparison.Ordinal), _token);

        Assert.Equal((HttpStatusCode.Forbidden, detail), (status, (string?)answer["detail"]));
    }

    [Fact]
    public async Task An_answer_is_good_once()
    {
        await AddAsync(_passkey);
        var begun = (await AskAsync("passkey/begin")).Body;
        var body = Body(begun, _passkey.Use(begun["question"]!));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("passkey/end", body)).Status);

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("passkey/end", body)).Status);
    }

    [Fact]
    public async Task An_answer_is_good_for_its_question_and_its_time_alone()
    {
        await AddAsync(_passkey);
        var (first, second) = ((await AskAsync("passkey/begin")).Body, (await AskAsync("passkey/begin")).Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("passkey/end", Body(second, _passkey.Use(first["question"]!)))).Status);

        _server.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1));

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("passkey/end", Body(first, _passkey.Use(first["question"]!)))).Status);
    }

    [Fact]
    public async Task A_passkey_that_was_used_on_another_page_proves_nothing()
    {
        await AddAsync(_passkey);
        _passkey.Origin = "https://evil.example";

        Assert.Equal(HttpStatusCode.Forbidden, (await LogInAsync()).Status);
    }

    [Fact]
    public async Task Whoever_has_the_device_has_to_show_who_they_are_to_it()
    {
        await AddAsync(_passkey);
        _passkey.IsVerified = false;

        Assert.Equal(HttpStatusCode.Forbidden, (await LogInAsync()).Status);
        using var other = new SoftPasskey(_passkey.Origin) { IsVerified = false };
        Assert.Equal(HttpStatusCode.Forbidden, await AddAsync(other));
    }

    [Fact]
    public async Task A_copy_that_counts_behind_the_original_is_refused()
    {
        await AddAsync(_passkey);
        await LogInAsync();
        _passkey.Count = 0;

        Assert.Equal(HttpStatusCode.Forbidden, (await LogInAsync()).Status);
    }

    [Fact]
    public async Task A_passkey_belongs_to_the_account_whose_owner_has_begun()
    {
        var begun = (await AskAsync("passkeys/begin", Proof, _token)).Body;
        var eve = (string)(await AskAsync("register", """{"account":"Eve","password":"correct horse"}""")).Body["token"]!;

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("passkeys/end", Body(begun, _passkey.Make(begun["question"]!)), eve)).Status);
        await AddAsync(_passkey);
        var passkey = (long)(await AskAsync("passkeys", "{}", _token)).Body["passkeys"]![0]!["passkey"]!;
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("passkeys/remove", $$"""{"passkey":{{passkey}}}""", eve)).Status);
    }

    [Fact]
    public async Task An_account_has_so_many_passkeys_at_most()
    {
        using var second = new SoftPasskey(_passkey.Origin);
        using var third = new SoftPasskey(_passkey.Origin);
        await AddAsync(_passkey);
        await AddAsync(second);

        Assert.Equal(HttpStatusCode.Forbidden, await AddAsync(third));
    }

    [Theory]
    [InlineData("passkey/end", "{}")]
    [InlineData("passkey/end", """{"id":"0","response":{}}""")]
    [InlineData("passkey/end", """{"id":"ID","response":{}}""")]
    [InlineData("passkey/end", """{"id":"ID","response":[]}""")]
    [InlineData("passkey/end", """{"id":"ID","response":{"id":"AA","rawId":"AA","type":"public-key","response":{"authenticatorData":"AA","clientDataJSON":"AA","signature":"AA","userHandle":"AA"}}}""")]
    [InlineData("passkeys/end", """{"id":"ID","response":{"id":"AA","rawId":"AA","type":"public-key","response":{"attestationObject":"AA","clientDataJSON":"AA"}}}""")]
    [InlineData("passkeys/end", """{"id":"ID","response":{"rawId":"***"}}""")]
    public async Task What_is_no_answer_is_told_as_such(string method, string body)
    {
        var begun = await AskAsync(method.Split('/')[0] + "/begin", Proof, _token);

        var (status, answer) = await AskAsync(method, body.Replace("ID", (string)begun.Body["id"]!, StringComparison.Ordinal), _token);

        Assert.Equal((HttpStatusCode.Forbidden, "That passkey is none of an account here, or took too long: try again, or log in with the password"), (status, (string?)answer["detail"]));
    }

    [Fact]
    public async Task The_page_of_another_server_at_the_same_host_has_no_question_of_this_one_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/passkey/begin") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Host = "localhost:9";
        request.Headers.Add("Origin", "http://localhost:9");

        using var answer = await _http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Whoever_asks_again_and_again_takes_no_place_of_others()
    {
        Assert.Equal(HttpStatusCode.OK, await AddAsync(_passkey));
        var begun = (await AskAsync("passkey/begin")).Body;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var other = new HttpClient(handler) { BaseAddress = _http.BaseAddress };
        for (var i = 0; i < 1000; i++)
        {
            using var content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var answer = await other.PostAsync("/account/passkey/begin", content, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("passkey/end", Body(begun, _passkey.Use(begun["question"]!)))).Status);
    }

    [Theory]
    [InlineData("passkeys")]
    [InlineData("passkeys/begin")]
    [InlineData("passkeys/end")]
    [InlineData("passkeys/remove")]
    public async Task Strangers_have_nothing_to_look_after(string method)
        => Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(method)).Status);

    /// <summary>A session that has logged in by a password or a token.</summary>
    private async Task<ScriptedClient> EnterAsync(string password)
    {
        var client = await ScriptedClient.ConnectAsync(_server.AddressOf("lines"), "phone");
        await client.ReadUntilAsync("You joined main");
        await client.SendLinesAsync("/login Ann", password);
        await client.ReadUntilAsync("You are logged in as Ann");
        return client;
    }

    private async Task<HttpStatusCode> AddAsync(SoftPasskey passkey)
    {
        var begun = (await AskAsync("passkeys/begin", Proof, _token)).Body;
        return (await AskAsync("passkeys/end", Body(begun, passkey.Make(begun["question"]!), "phone"), _token)).Status;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> LogInAsync()
    {
        var begun = (await AskAsync("passkey/begin")).Body;
        return await AskAsync("passkey/end", Body(begun, _passkey.Use(begun["question"]!)));
    }

    private static string Body(JsonNode begun, JsonObject answer, string? name = null)
        => new JsonObject { ["id"] = (string)begun["id"]!, ["response"] = answer, ["name"] = name }.ToJsonString();

    private async Task<(HttpStatusCode Status, JsonNode Body)> AskAsync(string method, string body = "{}", string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/" + method) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, Token);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!);
    }
}
