using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.EndToEnd.Tests.Support;
using Parley.TestKit.Identity;
using LocalCollector = Parley.TestKit.LocalCollector;
using MailServer = Parley.TestKit.MailServer;
using ReceivedLetter = Parley.TestKit.ReceivedLetter;

namespace Parley.EndToEnd.Tests;

/// <summary>Libraries that a native program could have left half of behind do their work in the program that is released: letters, providers, passkeys, pictures, telemetry.</summary>
/// <remarks>That PostgreSQL does is in <see cref="DatabaseTests"/>.</remarks>
public sealed class LibrariesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_letter_brings_the_code_with_which_a_password_is_set()
    {
        await using MailServer mail = new();
        await using ParleyServer server = await StartAsync("--smtp", mail.Address, "--smtp-tls", "none", "--mail-from", "chat@example.org", "--require-email", "true");
        using HttpClient http = Http(server);

        await AskAsync(http, "register", new() { ["account"] = "Ann", ["password"] = "correct horse", ["email"] = "ann@example.org" });
        ReceivedLetter letter = await mail.NextAsync();
        Assert.Contains("chat@example.org", letter.From, StringComparison.Ordinal);
        await AskAsync(http, "verify", new() { ["account"] = "Ann", ["code"] = letter.Code });
        await AskAsync(http, "recover", new() { ["account"] = "Ann" });
        await AskAsync(http, "reset", new() { ["account"] = "Ann", ["code"] = (await mail.NextAsync()).Code, ["password"] = "battery staple" });

        Assert.Equal("Ann", (string?)(await AskAsync(http, "login", new() { ["account"] = "ann", ["password"] = "battery staple" }))["account"]);
    }

    [Fact]
    public async Task A_provider_of_identities_says_who_somebody_is()
    {
        await using LocalProvider provider = await LocalProvider.StartAsync(TimeProvider.System);
        await using ParleyServer server = await StartAsync("--oidc-issuer", provider.Issuer, "--oidc-client", LocalProvider.Client, "--outside-accounts", "create");
        using HttpClient http = Http(server);

        using HttpResponseMessage away = await http.GetAsync("/login/start", Token);
        string page = await http.GetStringAsync(away.Headers.Location, Token);
        using HttpResponseMessage back = await http.GetAsync(new Uri(page.Split("id=agree href=\"")[1].Split('"')[0]), Token);
        using HttpResponseMessage answer = await http.PostAsync("/login/token", content: null, Token);

        Assert.Equal("Ann", (string?)(await MustAsync(answer))["account"]);
    }

    [Fact]
    public async Task A_passkey_logs_in()
    {
        await using ParleyServer server = await StartAsync();
        using HttpClient http = new() { BaseAddress = new Uri($"http://localhost:{server.HttpPort}") };
        using SoftPasskey passkey = new(http.BaseAddress.GetLeftPart(UriPartial.Authority));
        string token = (string)(await AskAsync(http, "register", new() { ["account"] = "Ann", ["password"] = "correct horse" }))["token"]!;

        JsonNode made = await AskAsync(http, "passkeys/begin", new() { ["password"] = "correct horse" }, token);
        await AskAsync(http, "passkeys/end", new() { ["id"] = (string)made["id"]!, ["response"] = passkey.Make(made["question"]!), ["name"] = "phone" }, token);
        JsonNode asked = await AskAsync(http, "passkey/begin", []);
        JsonNode login = await AskAsync(http, "passkey/end", new() { ["id"] = (string)asked["id"]!, ["response"] = passkey.Use(asked["question"]!) });

        Assert.Equal("Ann", (string?)login["account"]);
    }

    [Fact]
    public async Task A_picture_is_drawn_anew_and_in_small()
    {
        await using ParleyServer server = await StartAsync("--picture-side", "1000", "--files-reserve-megabytes", "0");
        using HttpClient http = Http(server);
        await AskAsync(http, "register", new() { ["account"] = "Ann", ["password"] = "correct horse" });
        byte[] picture = File.ReadAllBytes(Path.Combine(ParleyBinary.Repository, "docs", "images", "web-light.png"));

        using HttpRequestMessage request = new(HttpMethod.Post, "/files") { Content = new ByteArrayContent(picture) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("Ann:correct horse"u8));
        using HttpResponseMessage response = await http.SendAsync(request, Token);
        JsonNode about = await MustAsync(response);
        byte[] small = await http.GetByteArrayAsync(new Uri(about["url"] + "?preview"), Token);

        Assert.Equal(("image/png", 1000), ((string?)about["type"], (int)about["width"]!));
        Assert.InRange(small.Length, 100, picture.Length);
    }

    [Fact]
    public async Task A_collector_is_told_metrics_and_traces()
    {
        await using LocalCollector collector = await LocalCollector.StartAsync();
        await using (ParleyServer server = await StartAsync("--otlp", collector.Url.ToString(), "--trace-sample", "1"))
        {
            using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann");
            await ann.SayAsync("hello");
            await ann.SayAsync("the next");
            await ann.Heard.SkipToAsync("Ann: the next");
        }

        (string Path, string ContentType, string Body)[] requests = [.. collector.Requests];
        Assert.Contains(requests, request => request.Path == "/v1/metrics" && request.Body.Contains("parley.messages.received", StringComparison.Ordinal));
        Assert.Contains(requests, request => request.Path == "/v1/traces" && request.Body.Contains("publish", StringComparison.Ordinal));
    }

    private static HttpClient Http(ParleyServer server) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };

    private static async Task<JsonNode> AskAsync(HttpClient http, string method, JsonObject body, string? token = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/account/" + method) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await http.SendAsync(request, Token);
        return await MustAsync(answer);
    }

    private static async Task<JsonNode> MustAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    private Task<ParleyServer> StartAsync(params string[] settings) => ParleyServer.StartWithHistoryAsync(Data, ["--http", "127.0.0.1:0", .. settings]);
}
