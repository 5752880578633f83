using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;
using Parley.TestKit.Identity;

namespace Parley.Server.Tests.Web;

/// <summary>What the server makes of log-ins from the page at an identity provider, asked as a browser would, and as it would not.</summary>
public sealed class ProviderLoginTests : IAsyncLifetime
{
    private readonly MemoryAccountStore _store = new();
    private readonly MemoryDeviceStore _devices = new();
    private RealServer _server = null!;
    private LocalProvider _provider = null!;
    private DeviceTokens _tickets = null!;

    private static int MaxDevices => new ParleyOptions().AccountDevices;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await LocalProvider.StartAsync(new TestKit.ManualTimeProvider());
        var options = Options();
        _server = await RealServer.StartAsync(options, configureServices: services => services.AddSingleton<IAccountStore>(_store).AddSingleton<IDeviceStore>(_devices));
        var accounts = new AccountService(_store, options, _server.Time);
        _tickets = new DeviceTokens(accounts, _devices, options, _server.Time);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_browser_is_sent_away_with_a_challenge_and_brings_back_a_code_for_which_the_page_gets_a_ticket_once()
    {
        using var browser = Browser();
        var (query, back) = await AwayAsync(browser);
        Assert.Equal(("code", LocalProvider.Client, "openid profile", "S256"), (query["response_type"], query["client_id"], query["scope"], query["code_challenge_method"]));
        Assert.True(query["state"]!.Length >= 43 && query["nonce"]!.Length >= 43 && query["code_challenge"]!.Length == 43);

        using var returned = await browser.GetAsync(back, Token);

        Assert.Equal((HttpStatusCode.Redirect, "../#login"), (returned.StatusCode, returned.Headers.Location!.OriginalString));
        var answer = await TokenAsync(browser);
        Assert.Equal(("Ann", HttpStatusCode.OK), (answer.Json.GetProperty("account").GetString(), answer.Status));
        Assert.Equal("Ann", (await _tickets.FindAsync(answer.Json.GetProperty("token").GetString()!, Token))?.Account.Name.Value);
        Assert.Equal(HttpStatusCode.BadRequest, (await TokenAsync(browser)).Status);
    }

    [Fact]
    public async Task The_account_that_a_log_in_makes_takes_its_name_from_a_guest()
    {
        await using var guest = await _server.EnterAsync("Ann");
        using var browser = Browser();
        var (_, back) = await AwayAsync(browser);

        using var returned = await browser.GetAsync(back, Token);

        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(browser)).Status);
        await guest.ReadUntilContainsAsync("Ann is now ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("%20")]
    public async Task A_cookie_that_somebody_keeps_fetches_nothing_a_second_time(string more)
    {
        using var browser = Browser();
        var (_, back) = await AwayAsync(browser);
        using var returned = await browser.GetAsync(back, Token);
        var cookie = returned.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var other = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = browser.BaseAddress };
        other.DefaultRequestHeaders.Add("Cookie", cookie + more);

        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(browser)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TokenAsync(other)).Status);
    }

    [Fact]
    public async Task An_account_that_is_banned_is_told_so_and_gets_no_token()
    {
        using var first = Browser();
        var (_, back) = await AwayAsync(first);
        using var before = await first.GetAsync(back, Token);
        var ann = Assert.Single(await _store.ListAsync(Token));
        var bans = new MemoryBanStore();
        await bans.SetAsync(new Ban(BanSubject.Of(ann.Id, ann.Name), "an operator", _server.Time.GetUtcNow()), Token);
        await using var server = await RealServer.StartAsync(Options(), configureServices: services => services.AddSingleton<IAccountStore>(_store).AddSingleton<IDeviceStore>(_devices).AddSingleton<IBanStore>(bans));
        using var browser = Browser(server);
        (_, back) = await AwayAsync(browser);
        using var returned = await browser.GetAsync(back, Token);

        var answer = await TokenAsync(browser);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.StartsWith("You are banned", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await _devices.ListAsync(ann.Id, Token));
    }

    [Fact]
    public async Task A_log_in_stands_for_the_password_for_ten_minutes()
    {
        using var browser = Browser();
        var (_, back) = await AwayAsync(browser);
        using var returned = await browser.GetAsync(back, Token);
        var token = (await TokenAsync(browser)).Json.GetProperty("token").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await AddPasskeyAsync(browser, token, "")).Status);
        _server.Time.Advance(TimeSpan.FromMinutes(10));
        var (status, detail) = await AddPasskeyAsync(browser, token, "");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("log out and in again where you did", detail, StringComparison.Ordinal);

        await _store.SetPasswordAsync(Assert.Single(await _store.ListAsync(Token)).Name, PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations), Token);
        Assert.Equal(HttpStatusCode.Forbidden, (await AddPasskeyAsync(browser, token, "wrong horse")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AddPasskeyAsync(browser, token, "correct horse")).Status);
    }

    [Theory]
    [InlineData("state", "another")]
    [InlineData("state", "")]
    [InlineData("code", "another")]
    public async Task What_comes_back_otherwise_than_it_went_away_logs_nobody_in(string name, string value)
    {
        using var browser = Browser();
        var (_, back) = await AwayAsync(browser);
        var query = HttpUtility.ParseQueryString(back.Query);
        query[name] = value;

        using var returned = await browser.GetAsync(new UriBuilder(back) { Query = query.ToString() }.Uri, Token);

        Assert.NotEqual(HttpStatusCode.OK, (await TokenAsync(browser)).Status);
        Assert.Empty(await _store.ListAsync(Token));
    }

    [Theory]
    [InlineData("s3cret: with/all+kinds of %", HttpStatusCode.OK)]
    [InlineData("another", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task The_provider_is_given_the_secret_of_the_file_and_the_operator_is_told_if_it_is_the_wrong_one(string? secret, HttpStatusCode status)
    {
        _provider.Secret = "s3cret: with/all+kinds of %";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"{secret}  \nmore\n", Token);
        var options = Options();
        options.OidcSecret = secret is null ? "none" : file;
        await using var server = await RealServer.StartAsync(options, configureServices: services => services.AddSingleton<IAccountStore>(_store).AddSingleton<IDeviceStore>(_devices));
        using var browser = Browser(server);
        var (_, back) = await AwayAsync(browser);

        using var returned = await browser.GetAsync(back, Token);

        var answer = await TokenAsync(browser);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status != HttpStatusCode.OK, server.Log.Entries.Any(entry => entry.Id == 705));
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, (await _store.ListAsync(Token)).Count);
        if (status != HttpStatusCode.OK)
        {
            Assert.Equal("The provider does not take this server for the one that it knows: tell the operator of this server", answer.Json.GetProperty("detail").GetString());
        }

        File.Delete(file);
    }

    [Fact]
    public async Task A_code_that_another_browser_brings_logs_it_in_as_nobody()
    {
        using var attacker = Browser();
        using var victim = Browser();
        var (_, back) = await AwayAsync(attacker);
        await AwayAsync(victim);

        using var returned = await victim.GetAsync(back, Token);

        Assert.Equal(HttpStatusCode.BadRequest, returned.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await TokenAsync(victim)).Status);
    }

    [Fact]
    public async Task What_was_begun_ends_after_ten_minutes_and_what_ended_is_fetched_within_one()
    {
        using var slow = Browser();
        var (_, back) = await AwayAsync(slow);
        _server.Time.Advance(TimeSpan.FromMinutes(10));
        using var late = await slow.GetAsync(back, Token);
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);

        using var other = Browser();
        (_, back) = await AwayAsync(other);
        using var returned = await other.GetAsync(back, Token);
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await TokenAsync(other)).Status);
    }

    [Fact]
    public async Task Another_page_fetches_no_ticket()
    {
        using var browser = Browser();
        var (_, back) = await AwayAsync(browser);
        using var returned = await browser.GetAsync(back, Token);

        Assert.Equal(HttpStatusCode.Forbidden, (await TokenAsync(browser, "https://other.example")).Status);
    }

    [Fact]
    public async Task A_proxy_asks_for_others_who_have_to_come_over_https()
    {
        using var browser = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login/start");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");

        using var answer = await browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_ticket_ends_after_its_days_with_its_identity_and_with_its_account()
    {
        var identity = Identity("1");
        var ann = await AccountAsync("Ann", identity);
        var ticket = await IssueAsync(ann, identity);
        Assert.Equal(ann, (await _tickets.FindAsync(ticket, Token))?.Account);
        Assert.Null(await _tickets.FindAsync(ticket + "x", Token));
        Assert.Null(await _tickets.FindAsync("Ann." + new string('A', 43), Token));

        _server.Time.Advance(TimeSpan.FromDays(7));
        Assert.Null(await _tickets.FindAsync(ticket, Token));

        ticket = await IssueAsync(ann, identity);
        await _store.RemoveOutsideAsync(ann.Name, identity, Token);
        Assert.Null(await _tickets.FindAsync(ticket, Token));

        await _store.AddOutsideAsync(ann.Name, identity, Token);
        Assert.NotNull(await _tickets.FindAsync(ticket, Token));
        await _store.DeleteAsync(ann.Name, Token);
        await AccountAsync("Ann", identity);
        Assert.Null(await _tickets.FindAsync(ticket, Token));
    }

    [Fact]
    public async Task An_account_has_so_many_tickets_and_the_oldest_make_room()
    {
        var identity = Identity("1");
        var ann = await AccountAsync("Ann", identity);
        var first = await IssueAsync(ann, identity);
        for (var ticket = 1; ticket < MaxDevices; ticket++)
        {
            _server.Time.Advance(TimeSpan.FromSeconds(1));
            await IssueAsync(ann, identity);
        }

        Assert.NotNull(await _tickets.FindAsync(first, Token));
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        await IssueAsync(ann, identity);

        Assert.Null(await _tickets.FindAsync(first, Token));
        Assert.Equal(MaxDevices, (await _devices.ListAsync(ann.Id, Token)).Count);
    }

    private async Task<string> IssueAsync(Account account, OutsideIdentity identity) => (await _tickets.IssueAsync(account.Proven, "browser", Token, identity)).Token;

    private static OutsideIdentity Identity(string subject)
        => OutsideIdentity.TryCreate("https://id.example", subject, out var identity) ? identity : throw new InvalidOperationException();

    private async Task<Account> AccountAsync(string name, OutsideIdentity identity)
    {
        Assert.True(UserName.TryParse(name, out var user));
        var account = new Account(AccountId.New(), user, _server.Time.GetUtcNow());
        Assert.True(await _store.TryCreateAsync(new AccountCredentials(account, PasswordVerifier.WithoutPassword()), identity, Token));
        return account;
    }

    private ParleyOptions Options()
    {
        var options = RealServer.FreePorts();
        options.OidcIssuer = _provider.Issuer;
        options.OidcClient = LocalProvider.Client;
        options.OidcTimeout = Safety.Timeout;
        options.OutsideAccounts = OutsideAccountPolicy.Create;
        return options;
    }

    private HttpClient Browser() => Browser(_server);

    private static HttpClient Browser(RealServer server) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://{server.AddressOf("http")}") };

    /// <summary>Begins a log-in: what the provider is asked, and where it sends the browser back to when its owner has agreed.</summary>
    private static async Task<(System.Collections.Specialized.NameValueCollection Query, Uri Back)> AwayAsync(HttpClient browser)
    {
        using var start = await browser.GetAsync("/login/start", Token);
        Assert.Equal(HttpStatusCode.Redirect, start.StatusCode);
        var page = await browser.GetStringAsync(start.Headers.Location, Token);
        var link = page.Split("id=agree href=\"")[1].Split('"')[0];
        return (HttpUtility.ParseQueryString(start.Headers.Location!.Query), new Uri(link));
    }

    private static async Task<(HttpStatusCode Status, string Text)> AddPasskeyAsync(HttpClient browser, string token, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/passkeys/begin") { Content = JsonContent.Create(new { password }) };
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await browser.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> TokenAsync(HttpClient browser, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login/token");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await browser.SendAsync(request, Token);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return (answer.StatusCode, json.RootElement.Clone());
    }
}
