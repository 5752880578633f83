using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Moderation;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Moderation;

/// <summary>docs/operations/moderation.md: bans over the API, and over a restart.</summary>
public sealed class BanAdminTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ban_is_tried_made_listed_and_lifted_over_HTTP()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("panel", "admin:moderation");
        await using var mallory = await server.Server.EnterAsync("Mallory");

        Assert.Equal(
            """{"success":true,"bans":[{"kind":"mask","subject":"Mal*!*@*","until":"2026-01-02T00:00:00+00:00","reason":"","setBy":"panel","setAt":"2026-01-01T00:00:00+00:00"}],"nicknames":["Mallory"]}""",
            Unstamped(server, await AskAsync(server, token, "ban/add", """{"subject":"Mal*!*@*","duration":"1d","dryRun":true}""")));
        Assert.Contains("\"bans\":[]", await AskAsync(server, token, "ban/list", "{}"), StringComparison.Ordinal);

        Assert.Contains("A text is one line: give it without line breaks", await AskAsync(server, token, "ban/add", """{"subject":"Mal*!*@*","duration":"1d","reason":"two\nlines"}"""), StringComparison.Ordinal);
        Assert.Contains("\"bans\":[]", await AskAsync(server, token, "ban/list", "{}"), StringComparison.Ordinal);
        await AskAsync(server, token, "ban/add", """{"subject":"Mal*!*@*","duration":"1d","reason":"two lines"}""");
        Assert.Contains("two lines", (await mallory.ReadToEndAsync())[^1], StringComparison.Ordinal);
        Assert.Contains("\"subject\":\"Mal*!*@*\"", await AskAsync(server, token, "ban/list", "{}"), StringComparison.Ordinal);
        Assert.StartsWith("""{"success":true""", await AskAsync(server, token, "ban/remove", """{"subject":"mal*!*@*"}"""), StringComparison.Ordinal);
        Assert.Equal("""{"success":false,"error":"There is no ban on mal*!*@*"}""", await AskAsync(server, token, "ban/remove", """{"subject":"mal*!*@*"}"""));
        Assert.StartsWith("""{"success":false,"error":"127.0.0.1 has the server""", await AskAsync(server, token, "ban/add", """{"subject":"127.0.0.1"}"""), StringComparison.Ordinal);
        Assert.StartsWith("""{"success":false,"error":"*!*@* is everybody""", await AskAsync(server, token, "ban/add", """{"subject":"*!*@*"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_a_token_for_moderation()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("panel", "admin:read admin:accounts admin:server");
        using var request = Request(token, "ban/list", "{}");
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Http.SendAsync(request, Token)).StatusCode);
    }

    [Fact]
    public async Task A_program_that_posts_under_a_banned_name_is_refused_and_goes_at_once()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("deploy", "post:* admin:moderation");
        await using var ann = await server.Server.EnterAsync("Ann");
        await server.MustPostAsync(token, "main", "before");
        await ann.ReadUntilAsync("deploy: before");

        await AskAsync(server, token, "ban/add", """{"subject":"deploy!*@*"}""");

        await ann.ReadUntilContainsAsync("deploy left");
        using var refused = await server.PostAsync(token, "main", "after");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("deploy is banned from this server", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await AskAsync(server, token, "ban/remove", """{"subject":"deploy!*@*"}""");
        await server.MustPostAsync(token, "main", "again");
    }

    [Fact]
    public async Task Bans_hold_over_a_restart_one_that_is_over_holds_no_more_and_goes_a_year_later()
    {
        var store = new MemoryBanStore();
        await using (var server = await TokenServer.StartAsync(services: services => services.AddSingleton<IBanStore>(store)))
        {
            var token = await server.CreateAsync("panel", "admin:moderation");
            await AskAsync(server, token, "ban/add", """{"subject":"spam*!*@*"}""");
            await AskAsync(server, token, "ban/add", """{"subject":"192.0.2.1","duration":"1d"}""");
        }

        var over = Assert.Single(await store.ListAsync(Token), ban => ban.Until is not null);
        await store.SetAsync(over with { Until = over.Made }, Token);
        await using var again = await TokenServer.StartAsync(services: services => services.AddSingleton<IBanStore>(store));

        Assert.Equal(2, (await store.ListAsync(Token)).Count);
        Assert.DoesNotContain("192.0.2.1", await AskAsync(again, await again.CreateAsync("panel", "admin:moderation"), "ban/list", "{}"), StringComparison.Ordinal);
        await store.SetAsync(over with { Until = over.Made.AddDays(-366) }, Token);
        await using (await TokenServer.StartAsync(services: services => services.AddSingleton<IBanStore>(store)))
        {
            Assert.Equal("spam*!*@*", Assert.Single(await store.ListAsync(Token)).Subject.Text);
        }

        await using var lena = await again.Server.EnterAsync("Lena");
        await lena.SendLineAsync("/name spammer");
        await lena.ReadUntilAsync("spammer is banned from this server: choose another name");
    }

    private static string Unstamped(TokenServer server, string answer)
    {
        var now = server.Server.Time.GetUtcNow();
        return answer
            .Replace(now.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture), "2026-01-01T00:00:00+00:00", StringComparison.Ordinal)
            .Replace(now.AddDays(1).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture), "2026-01-02T00:00:00+00:00", StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(string token, string method, string body) => new(HttpMethod.Post, $"/v1/{method}")
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private static async Task<string> AskAsync(TokenServer server, string token, string method, string body)
    {
        using var request = Request(token, method, body);
        using var response = await server.Http.SendAsync(request, Token);
        return System.Text.RegularExpressions.Regex.Unescape(await response.Content.ReadAsStringAsync(Token));
    }
}
