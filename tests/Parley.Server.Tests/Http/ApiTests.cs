using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Http;

/// <summary>docs/operations/administration.md: administration over HTTP.</summary>
public sealed class ApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("status", "admin:read")]
    [InlineData("ns/saregister", "admin:accounts")]
    [InlineData("rehash", "admin:server")]
    public async Task A_method_takes_a_token_for_its_part_that_has_not_ended(string method, string scope)
    {
        await using var server = await TokenServer.StartAsync();
        var others = new[] { "admin:read", "admin:accounts", "admin:server", "status", "post:*" }.Where(other => other != scope);

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, null, method, "{}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, "parley_unknown", method, "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(server, await server.CreateAsync("other", string.Join(' ', others)), method, "{}")).Status);
        var token = await server.CreateAsync("panel", scope, TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, token, method, "{}")).Status);
        server.Server.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, token, method, "{}")).Status);
    }

    [Fact]
    public async Task A_revoked_token_is_good_for_nothing()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("panel", "admin:read");
        await server.RevokeAsync("panel");

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, token, "status")).Status);
    }

    [Fact]
    public async Task Accounts_are_made_shown_checked_and_given_other_passwords()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("panel", "admin:read admin:accounts");

        Assert.Equal("""{"success":true,"accountName":"ann"}""", await TextAsync(server, token, "ns/saregister", """{"accountName":"ann","passphrase":"correct horse","email":"ann@example.org"}"""));
        Assert.Equal("ACCOUNT_EXISTS", await CodeAsync(server, token, "saregister", """{"accountName":"ANN","passphrase":"correct horse"}"""));
        Assert.Equal("INVALID_PASSPHRASE", await CodeAsync(server, token, "ns/saregister", """{"accountName":"bob","passphrase":"short"}"""));
        Assert.Equal("INVALID_ACCOUNT_NAME", await CodeAsync(server, token, "ns/saregister", """{"accountName":"no name","passphrase":"correct horse"}"""));

        var info = await JsonAsync(server, token, "ns/info", """{"accountName":"ANN"}""");
        Assert.Equal(("ann", "ann@example.org", server.Server.Time.GetUtcNow()), ((string?)info["accountName"], (string?)info["email"], (DateTimeOffset)info["registeredAt"]!));
        Assert.Equal("ACCOUNT_DOES_NOT_EXIST", await CodeAsync(server, token, "account_details", """{"accountName":"bob"}"""));
        Assert.Equal(1, (int)(await JsonAsync(server, token, "ns/list"))["totalCount"]!);

        Assert.Equal("""{"success":true,"accountName":"ann"}""", await TextAsync(server, token, "check_auth", """{"accountName":"Ann","passphrase":"correct horse"}"""));
        Assert.Equal("""{"success":true,"accountName":"ann"}""", await TextAsync(server, token, "ns/passwd", """{"accountName":"Ann","passphrase":"battery staple"}"""));
        Assert.Equal("INVALID_CREDENTIALS", await CodeAsync(server, token, "check_auth", """{"accountName":"Ann","passphrase":"correct horse"}"""));
        Assert.Equal("ACCOUNT_DOES_NOT_EXIST", await CodeAsync(server, token, "ns/passwd", """{"accountName":"bob","passphrase":"battery staple"}"""));
    }

    [Fact]
    public async Task The_password_of_an_operator_takes_a_token_for_everything()
    {
        var accounts = new MemoryAccountStore();
        await using var server = await TokenServer.StartAsync(services: added => added.AddSingleton<IAccountStore>(accounts));
        var token = await server.CreateAsync("panel", "admin:accounts");
        await TextAsync(server, token, "ns/saregister", """{"accountName":"ann","passphrase":"correct horse"}""");
        await TextAsync(server, token, "ns/saregister", """{"accountName":"bob","passphrase":"correct horse"}""");
        var ann = Assert.Single(await accounts.ListAsync(Token), account => account.Name.Value == "ann");
        await accounts.SetValueAsync(ann.Id, OperatorClass.Kind, OperatorClass.Key, "helper", Token);

        Assert.Equal("ACCOUNT_IS_OPERATOR", await CodeAsync(server, token, "ns/passwd", """{"accountName":"Ann","passphrase":"battery staple"}"""));
        Assert.Equal("""{"success":true,"accountName":"ann"}""", await TextAsync(server, token, "check_auth", """{"accountName":"Ann","passphrase":"correct horse"}"""));
        Assert.Equal("""{"success":true,"accountName":"bob"}""", await TextAsync(server, token, "ns/passwd", """{"accountName":"bob","passphrase":"battery staple"}"""));

        var all = await server.CreateAsync("root", "admin:read admin:accounts admin:server admin:moderation admin:rooms");
        Assert.Equal("""{"success":true,"accountName":"ann"}""", await TextAsync(server, all, "ns/passwd", """{"accountName":"Ann","passphrase":"battery staple"}"""));
    }

    [Fact]
    public async Task Asking_for_passwords_is_no_way_around_the_limit_on_attempts()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("panel", "admin:accounts");
        await TextAsync(server, token, "ns/saregister", """{"accountName":"ann","passphrase":"correct horse"}""");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await TextAsync(server, token, "check_auth", """{"accountName":"ann","passphrase":"wrong horse"}""");
        }

        var answer = await JsonAsync(server, token, "check_auth", """{"accountName":"ann","passphrase":"correct horse"}""");

        Assert.Equal((false, "Too many attempts to log in (at most 3 a minute), try again in a minute"), ((bool)answer["success"]!, (string?)answer["error"]));
    }

    [Fact]
    public async Task Who_is_there_is_told_and_can_be_put_out()
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await server.Server.EnterAsync("Ann");
        var token = await server.CreateAsync("panel", "admin:read admin:server");

        var whois = await JsonAsync(server, token, "whois", """{"nickname":"ANN"}""");
        Assert.Equal((true, "Ann", "#main"), ((bool)whois["present"]!, (string?)whois["nickname"], (string?)whois["channels"]![0]!["name"]));
        Assert.False((bool)(await JsonAsync(server, token, "whois", """{"nickname":"Bob"}"""))["present"]!);
        var channel = Assert.Single((await JsonAsync(server, token, "list"))["channels"]!.AsArray())!;
        Assert.Equal(("#main", 1, false), ((string?)channel["name"], (int)channel["userCount"]!, (bool)channel["secret"]!));
        var status = await JsonAsync(server, token, "status");
        Assert.Equal((1, 1), ((int)status["users"]!["total"]!, (int)status["channels"]!));

        Assert.True((bool)(await JsonAsync(server, token, "announce", """{"text":"back at 22:00","channel":"#main"}"""))["success"]!);
        await ann.ReadUntilAsync("announcement: back at 22:00");
        var (refused, why) = await AskAsync(server, token, "announce", """{"text":"two\nlines"}""");
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Assert.Contains("A text is one line", why, StringComparison.Ordinal);
        Assert.True((bool)(await JsonAsync(server, token, "kick", """{"nickname":"ann","reason":"enough"}"""))["success"]!);
        await ann.ExpectAsync("enough");
        await ann.ExpectClosedAsync();
        Assert.True((bool)(await JsonAsync(server, token, "rehash"))["success"]!);
    }

    [Fact]
    public async Task Registered_rooms_are_made_shown_changed_and_ended_and_the_audit_has_it()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("panel", "admin:read admin:rooms admin:accounts admin:moderation");
        await TextAsync(server, token, "ns/saregister", """{"accountName":"Ann","passphrase":"correct horse"}""");
        await TextAsync(server, token, "ns/saregister", """{"accountName":"Bob","passphrase":"correct horse"}""");

        Assert.Equal("""{"success":true}""", await TextAsync(server, token, "room/register", """{"channel":"#vault","accountName":"ann"}"""));
        Assert.Equal("""{"success":true}""", await TextAsync(server, token, "room/role", """{"channel":"vault","accountName":"Bob","role":"voice"}"""));
        var room = Assert.Single((await JsonAsync(server, token, "room/info", """{"channel":"#VAULT"}"""))["channels"]!.AsArray())!;
        Assert.Equal(("#vault", "Ann", "Bob", "voice"), ((string?)room["name"], (string?)room["founder"], (string?)room["roles"]![0]!["accountName"], (string?)room["roles"]![0]!["role"]));
        Assert.Equal("""{"success":true}""", await TextAsync(server, token, "room/transfer", """{"channel":"#vault","accountName":"Bob"}"""));
        Assert.Equal("Bob", (string?)Assert.Single((await JsonAsync(server, token, "room/list"))["channels"]!.AsArray())!["founder"]);
        Assert.Equal("""{"success":true}""", await TextAsync(server, token, "room/unregister", """{"channel":"#vault"}"""));
        Assert.Empty((await JsonAsync(server, token, "room/list"))["channels"]!.AsArray());

        Assert.Equal("ACCOUNT_DOES_NOT_EXIST", await CodeAsync(server, token, "room/register", """{"channel":"#vault","accountName":"Cyd"}"""));
        Assert.Equal("'king' is no role: give operator, half-operator, voice or none", (string?)(await JsonAsync(server, token, "room/role", """{"channel":"vault","accountName":"Bob","role":"king"}"""))["error"]);
        Assert.False((bool)(await JsonAsync(server, token, "room/unregister", """{"channel":"vault"}"""))["success"]!);
        var decisions = (await JsonAsync(server, token, "audit"))["entries"]!.AsArray().Where(entry => entry!["channel"] is not null);
        Assert.Equal(
            ["panel register ann", "panel role Bob", "panel transfer Bob", "panel unregister "],
            decisions.Select(entry => $"{entry!["actor"]} {entry["action"]} {entry["subject"]}"));
    }

    [Theory]
    [InlineData("room/register")]
    [InlineData("room/role")]
    [InlineData("room/transfer")]
    [InlineData("room/unregister")]
    public async Task Rooms_are_changed_by_tokens_for_rooms_alone(string method)
    {
        await using var server = await TokenServer.StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(server, await server.CreateAsync("other", "admin:read admin:accounts admin:server admin:moderation"), method, "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, await server.CreateAsync("panel", "admin:rooms"), method, "{}")).Status);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"accountName\":1}")]
    public async Task What_is_no_request_is_told_and_changes_nothing(string body)
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("panel", "admin:read admin:accounts");

        var (status, text) = await AskAsync(server, token, "ns/saregister", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Send an object of JSON", text, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await JsonAsync(server, token, "ns/list"))["totalCount"]!);
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_refused()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync("panel", "admin:accounts");

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, token, "check_auth", "{}" + new string(' ', 16 * 1024 - 2))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await AskAsync(server, token, "check_auth", "{}" + new string(' ', 16 * 1024 - 1))).Status);
    }

    [Fact]
    public async Task A_proxy_asks_for_others_who_have_to_come_over_https()
    {
        await using var server = await TokenServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/status");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.CreateAsync("panel", "admin:read"));
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");

        using var answer = await server.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_document_says_of_each_method_what_it_takes_and_every_answer_is_as_it_says()
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await server.Server.EnterAsync("Ann");
        var token = await server.CreateAsync("panel", "admin:read admin:accounts admin:server admin:moderation admin:rooms");
        var document = JsonNode.Parse(await server.Http.GetStringAsync("/v1/openapi.json", Token))!;
        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject();
        Assert.Equal(
            ["/v1/announce", "/v1/audit", "/v1/ban/add", "/v1/ban/list", "/v1/ban/remove", "/v1/check_auth", "/v1/invite/add", "/v1/invite/list", "/v1/invite/remove", "/v1/kick", "/v1/list", "/v1/ns/info", "/v1/ns/list", "/v1/ns/passwd", "/v1/ns/saregister", "/v1/rehash", "/v1/room/info", "/v1/room/list", "/v1/room/register", "/v1/room/role", "/v1/room/transfer", "/v1/room/unregister", "/v1/status", "/v1/whois"],
            paths.Select(path => path.Key).Order(StringComparer.Ordinal));
        foreach (var (path, methods) in paths)
        {
            var operation = methods!["post"]!;
            var taken = operation["requestBody"]?["content"]!["application/json"]!["schema"]!["properties"]!.AsObject().Select(each => each.Key).ToList() ?? [];
            var body = new JsonObject(taken.Select(name => KeyValuePair.Create<string, JsonNode?>(name, name switch { "nickname" => "Nobody", "dryRun" => true, "uses" or "id" => 1, "duration" => "1d", _ => "ann" })));
            var answer = await JsonAsync(server, token, path["/v1/".Length..], body.ToJsonString());
            var properties = operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["properties"]!.AsObject();
            Assert.All(answer.AsObject(), member => Assert.True(properties.ContainsKey(member.Key), $"{path}: {member.Key}"));
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(TokenServer server, string? token, string method, string body = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/" + method) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private static async Task<string> TextAsync(TokenServer server, string token, string method, string body = "")
    {
        var (status, text) = await AskAsync(server, token, method, body);
        Assert.Equal(HttpStatusCode.OK, status);
        return text;
    }

    private static async Task<JsonNode> JsonAsync(TokenServer server, string token, string method, string body = "")
        => JsonNode.Parse(await TextAsync(server, token, method, body))!;

    private static async Task<string?> CodeAsync(TokenServer server, string token, string method, string body)
        => (string?)(await JsonAsync(server, token, method, body))["errorCode"];
}
