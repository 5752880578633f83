using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Http;

/// <summary>docs/protocols/hooks.md: what is said over HTTP.</summary>
public sealed class PostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_in_the_room_and_in_history_when_it_is_answered()
    {
        var options = RealServer.FreePorts();
        options.History = true;
        await using var server = await TokenServer.StartAsync(options);
        await using var ann = await server.Server.EnterAsync("Ann");
        var token = await server.CreateAsync();

        var first = await server.MustPostAsync(token, "MAIN", "deploy done");
        var second = await server.MustPostAsync(token, "main", "all is well");

        await ann.ExpectAsync("deploy joined", "deploy: deploy done", "deploy: all is well");
        var number = first.GetProperty("number").GetInt64();
        Assert.True(number > 0);
        Assert.Equal(("main", $"main.{number}"), (first.GetProperty("room").GetString(), first.GetProperty("id").GetString()));
        Assert.Equal(server.Server.Time.GetUtcNow(), first.GetProperty("time").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(number + 1, second.GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task A_program_that_is_banned_from_a_room_is_told_until_when_and_why()
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await server.Server.EnterAsync("Ann");
        var token = await server.CreateAsync();
        await server.MustPostAsync(token, "main", "deploy done");
        await ann.SendLineAsync("/ban deploy 1h too many");
        await ann.ReadUntilContainsAsync("deploy left, kicked by Ann");

        using var answer = await server.PostAsync(token, "main", "deploy done again");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "deploy is banned from main until 2026-06-01 13:00 UTC (too many): have an operator of the room lift the ban",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_comes_to_a_room_that_a_program_has_made_anew_reads_what_it_posts_and_nothing_of_an_earlier_life()
    {
        var options = RealServer.FreePorts();
        options.History = true;
        var history = new MemoryHistoryStore();
        Assert.True(RoomName.TryParse("vault", out var vault));
        Assert.True(UserName.TryParse("Owner", out var owner));
        history.Append([new HistoryEntry(vault, 1, DateTimeOffset.UnixEpoch, owner, default, MessageKind.Text, "the secret"u8.ToArray(), Life: RoomLife.Begin())]);
        await using var server = await TokenServer.StartAsync(options, services => services.AddSingleton<IHistoryStore>(history));
        await server.MustPostAsync(await server.CreateAsync(), "vault", "deployed");
        await using var lena = await server.Server.EnterAsync("Lena");

        await lena.SendLinesAsync("/join vault", "/history", "/search secret", "/search deployed");

        await lena.ReadUntilAsync("You joined vault");
        Assert.Equal(
            ["deploy: deployed"],
            (await lena.ReadUntilAsync("History - none")).Where(line => line.Contains(": ", StringComparison.Ordinal)).Select(line => line.Split("] ")[^1]).Distinct());
        Assert.DoesNotContain(await lena.ReadUntilAsync("History - end"), line => line.Contains("the secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_history_a_message_has_no_number_and_still_an_id_of_its_own()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync();

        var first = await server.MustPostAsync(token, "main", "one");
        var second = await server.MustPostAsync(token, "main", "two");

        Assert.Equal(0, first.GetProperty("number").GetInt64());
        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Each_line_is_a_message_in_that_order_and_empty_ones_do_not_count()
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await server.Server.EnterAsync("Ann");

        var answer = await server.MustPostAsync(await server.CreateAsync(), "main", "one\r\n\n \ntwo\nthree\n");

        await ann.ExpectAsync("deploy joined", "deploy: one", "deploy: two", "deploy: three");
        Assert.Equal(3, answer.GetProperty("messages").GetArrayLength());
        Assert.Equal(answer.GetProperty("id").GetString(), answer.GetProperty("messages")[2].GetProperty("id").GetString());
    }

    [Fact]
    public async Task JSON_says_how_it_is_meant_and_in_whose_name()
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await server.Server.EnterAsync("Ann");
        var token = await server.CreateAsync("gate", "post:main as:Bob");

        using var action = await server.PostJsonAsync(token, "main", """{"text":"w\u00e4ves","kind":"action"}""");
        using var other = await server.PostJsonAsync(token, "main", """{"text":"hi\nthere","as":"bob"}""");

        await ann.ExpectAsync("gate joined", "* gate wäves", "bob joined", "bob: hi", "bob: there");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (action.StatusCode, other.StatusCode));
    }

    [Theory]
    [InlineData("text/plain; charset=\"UTF-8\"")]
    [InlineData("text/plain; charset=\"utf-8\"; format=flowed")]
    [InlineData("TEXT/PLAIN;charset=utf-8")]
    [InlineData("text/plain; charset=utf8")]
    [InlineData("text/plain; charset=US-ASCII")]
    public async Task A_charset_may_stand_in_quotes_and_be_written_as_programs_do(string contentType)
    {
        await using var server = await TokenServer.StartAsync();
        using var content = new ByteArrayContent("deploy done"u8.ToArray());
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));

        using var response = await server.PostAsync(await server.CreateAsync(), "main", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", "\uFEFFdeploy done")]
    [InlineData("application/json", """\uFEFF{"text":"deploy done"}""")]
    public async Task A_byte_order_mark_is_not_of_the_text(string contentType, string body)
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await server.Server.EnterAsync("Ann");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Replace("\\uFEFF", "\uFEFF", StringComparison.Ordinal)));
        content.Headers.ContentType = new(contentType);

        using var response = await server.PostAsync(await server.CreateAsync(), "main", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await ann.ExpectAsync("deploy joined", "deploy: deploy done");
    }

    [Fact]
    public async Task Formatting_and_what_IRC_clients_would_answer_is_taken_out()
    {
        await using var server = await TokenServer.StartAsync();
        await using var irc = await ScriptedClient.ConnectAsync(server.Server.AddressOf("irc"), "irc");
        await irc.SendLinesAsync("NICK ann", "USER ann 0 * :Ann", "JOIN #main");
        await irc.ReadUntilContainsAsync(" 366 ");

        using var response = await server.PostJsonAsync(
            await server.CreateAsync(), "main", """{"text":"\u0001VERSION\u0001\n\u0003\u0002\u0001\n\u000304warning\u0003 disk"}""");

        await irc.ExpectMatchAsync(".*JOIN.*");
        await irc.ExpectMatchAsync(@":deploy!\S+ PRIVMSG #main :VERSION\r?$");
        await irc.ExpectMatchAsync(@":deploy!\S+ PRIVMSG #main :warning disk\r?$");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Control_characters_do_not_reach_those_who_read()
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await server.Server.EnterAsync("Ann");

        using var response = await server.PostJsonAsync(await server.CreateAsync(), "main", """{"text":"red \u001b[31m\r alert\u0000"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await ann.ExpectAsync("deploy joined", "deploy: red [31m alert");
    }

    [Theory]
    [InlineData("post:rust", "main", 403, "The token of deploy may not post to main")]
    [InlineData("status", "main", 403, "The token of deploy may not post to main")]
    [InlineData("post:*", "no%20room", 404, "There can be no such room: its name must be 2 to 64 bytes of letters, digits and - _ . +")]
    public async Task A_token_is_good_for_what_it_was_made_for(string scopes, string room, int status, string detail)
    {
        await using var server = await TokenServer.StartAsync();
        using var response = await server.PostAsync(await server.CreateAsync(scopes: scopes), room, "x");
        await MustBeAsync(response, status, detail);
    }

    [Fact]
    public async Task Without_a_token_that_is_good_nothing_is_said()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync(lifetime: TimeSpan.FromDays(1));
        using var none = await server.PostAsync(token: null, "main", "x");
        using var unknown = await server.PostAsync("parley_unknown", "main", "x");
        await server.MustPostAsync(token, "main", "x");

        server.Server.Time.Advance(TimeSpan.FromDays(1));
        using var expired = await server.PostAsync(token, "main", "x");

        await MustBeAsync(none, 401, "Show a token: Authorization: Bearer parley_... (parley token create makes one)");
        Assert.All([unknown, expired], response => Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode));
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_good_for_nothing_at_once()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync();
        await server.MustPostAsync(token, "main", "x");

        await server.RevokeAsync("deploy");

        using var response = await server.PostAsync(token, "main", "x");
        await MustBeAsync(response, 401, "The token is unknown, expired or revoked (parley token list shows those there are)");
    }

    [Theory]
    [InlineData("""{"text":"x","as":"Ann"}""", 403, "The token of deploy may not post as Ann")]
    [InlineData("""{"text":"x","kind":"shout"}""", 400, "Not such JSON: \"kind\" is neither \"text\" nor \"action\"")]
    [InlineData("""{"text":"x","as":"a b"}""", 400, "Not such JSON: \"as\" is not a name: give 2 to 20 letters and digits of one script, and - _ [ ] \\ ^ { } | `")]
    [InlineData("""{"txt":"x"}""", 400, "Not such JSON: an object can only have \"text\", \"kind\" and \"as\"")]
    [InlineData("""{"kind":"text"}""", 400, "Not such JSON: \"text\" is missing")]
    [InlineData("""{"text":7}""", 400, "Not such JSON: send {\"text\": \"...\"}, in UTF-8")]
    [InlineData("""{"text":"\ud800"}""", 400, "Not such JSON: send {\"text\": \"...\"}, in UTF-8")]
    [InlineData("""["x"]""", 400, "Not such JSON: send {\"text\": \"...\"}, in UTF-8")]
    [InlineData("{", 400, "Not such JSON: send {\"text\": \"...\"}, in UTF-8")]
    [InlineData("""{"text":"\n"}""", 422, "There is nothing to say, send a line of text")]
    public async Task JSON_that_will_not_do_is_told_what_would(string json, int status, string detail)
    {
        await using var server = await TokenServer.StartAsync();
        using var response = await server.PostJsonAsync(await server.CreateAsync(), "main", json);
        await MustBeAsync(response, status, detail);
    }

    [Theory]
    [InlineData(0, 0, "There is nothing to say, send a line of text")]
    [InlineData(401, 1, "Messages can only be 400 bytes long, send it in parts")]
    [InlineData(1, 21, "A request can only have 20 lines, send it in parts")]
    public async Task Text_has_limits_and_the_error_says_them(int bytes, int lines, string detail)
    {
        await using var server = await TokenServer.StartAsync();
        var text = string.Join('\n', Enumerable.Repeat(new string('x', bytes), lines));
        using var response = await server.PostAsync(await server.CreateAsync(), "main", text);
        await MustBeAsync(response, 422, detail);
    }

    [Fact]
    public async Task A_request_at_its_limits_is_said()
    {
        await using var server = await TokenServer.StartAsync();
        var text = string.Join('\n', Enumerable.Repeat(new string('x', 400), 20));
        var answer = await server.MustPostAsync(await server.CreateAsync(), "main", text);
        Assert.Equal(20, answer.GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task What_is_not_UTF_8_is_told_and_not_said(string type)
    {
        await using var server = await TokenServer.StartAsync();
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes("""{"text":"grün"}"""));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await server.PostAsync(await server.CreateAsync(), "main", content);
        await MustBeAsync(response, 422, "Messages must be UTF-8, send it again in that encoding");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain; charset=iso-8859-1")]
    [InlineData("text/html")]
    public async Task Other_kinds_of_content_are_told_which_will_do(string type)
    {
        await using var server = await TokenServer.StartAsync();
        var content = new ByteArrayContent("x"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await server.PostAsync(await server.CreateAsync(), "main", content);
        await MustBeAsync(response, 415, "Send text/plain or application/json, in UTF-8: with curl, -H 'Content-Type: text/plain'");
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_not_read_to_its_end()
    {
        await using var server = await TokenServer.StartAsync();
        using var response = await server.PostAsync(await server.CreateAsync(), "main", new string('x', 20_000));
        await MustBeAsync(response, 413, "A request can only be 17024 bytes long, send it in parts");
    }

    [Fact]
    public async Task Over_the_rate_a_token_is_told_when_to_come_again()
    {
        var options = RealServer.FreePorts();
        (options.ExemptLoopback, options.CommandBurst, options.CommandRate) = (false, 10, 5);
        await using var server = await TokenServer.StartAsync(options);
        var token = await server.CreateAsync();
        await server.MustPostAsync(token, "main", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10");

        using var refused = await server.PostAsync(token, "main", "one\ntwo\nthree\nfour\nfive\nsix");

        await MustBeAsync(refused, 429, "At most 5 lines a second, try again later");
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
        await server.MustPostAsync(await server.CreateAsync("other"), "main", "others may");
        server.Server.Time.Advance(TimeSpan.FromSeconds(2));
        await server.MustPostAsync(token, "main", "one\ntwo\nthree\nfour\nfive\nsix");
    }

    [Fact]
    public async Task A_token_that_has_posted_has_the_rate_that_the_settings_get_later()
    {
        var options = RealServer.FreePorts();
        (options.ExemptLoopback, options.CommandBurst, options.CommandRate) = (false, 2, 1);
        await using var server = await TokenServer.StartAsync(options);
        var token = await server.CreateAsync();
        await server.MustPostAsync(token, "main", "1\n2");

        // As a reload does it. What was spent stays so.
        (options.CommandBurst, options.CommandRate) = (10, 5);
        using var refused = await server.PostAsync(token, "main", "3");
        await MustBeAsync(refused, 429, "At most 5 lines a second, try again later");
        server.Server.Time.Advance(TimeSpan.FromSeconds(2));
        await server.MustPostAsync(token, "main", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10");
    }

    [Fact]
    public async Task Under_the_name_of_an_account_nothing_is_said()
    {
        var accounts = new MemoryAccountStore();
        Assert.True(UserName.TryParse("Deploy", out var deploy));
        await accounts.TryCreateAsync(new(new(AccountId.New(), deploy, default), PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations)), TestContext.Current.CancellationToken);
        await using var server = await TokenServer.StartAsync(services: services => services.AddSingleton<IAccountStore>(accounts));

        using var response = await server.PostAsync(await server.CreateAsync(), "main", "x");

        await MustBeAsync(response, 409, "deploy is the name of an account, which its owner alone wears: use another name");
    }

    [Fact]
    public async Task Under_a_name_that_somebody_wears_nothing_is_said()
    {
        await using var server = await TokenServer.StartAsync();
        await using var person = await server.Server.EnterAsync("Deploy");

        using var response = await server.PostAsync(await server.CreateAsync(), "main", "x");

        await MustBeAsync(response, 409, "deploy is already taken by somebody who is here, try again later or use another name");
    }

    [Fact]
    public async Task Another_method_is_not_allowed()
    {
        await using var server = await TokenServer.StartAsync();
        using var response = await server.Http.GetAsync("/rooms/main/messages", Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private static async Task MustBeAsync(HttpResponseMessage response, int status, string detail)
    {
        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = System.Text.Json.JsonDocument.Parse(body).RootElement;
        Assert.Equal((status, status, detail), ((int)response.StatusCode, problem.GetProperty("status").GetInt32(), problem.GetProperty("detail").GetString()));
    }
}
