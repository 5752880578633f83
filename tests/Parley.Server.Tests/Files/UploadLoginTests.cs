using System.Net;
using System.Net.Http.Headers;
using Parley.Core.Names;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Server.Tests.Files;

/// <summary>docs/protocols/files.md: who may upload, and how clients know where.</summary>
public sealed class UploadLoginTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_shows_nothing_or_a_wrong_password_uploads_nothing_and_is_told_how()
    {
        await using var server = await FileServer.StartAsync();

        using var nobody = await server.UploadAsync("x"u8.ToArray(), change: request => request.Headers.Authorization = null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal(["Basic", "Bearer"], nobody.Headers.WwwAuthenticate.Select(way => way.Scheme));
        Assert.Contains("TOKEN GENERATE FILEHOST", await nobody.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        foreach (var login in (AuthenticationHeaderValue[])[FileServer.Basic("Ann", "wrong"), FileServer.Basic("Nobody"), new("Basic", "?"), new("Bearer", "parley_x"), new("Digest", "x")])
        {
            await UploadTests.AssertRefusedAsync(server, await server.UploadAsync("x"u8.ToArray(), login: login), HttpStatusCode.Unauthorized, "");
        }
    }

    [Fact]
    public async Task Guesses_at_a_password_are_limited_as_everywhere()
    {
        await using var server = await FileServer.StartAsync(options => options.LoginAttempts = 2);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            (await server.UploadAsync("x"u8.ToArray(), login: FileServer.Basic("Ann", "wrong"))).Dispose();
        }

        await UploadTests.AssertRefusedAsync(server, await server.UploadAsync("x"u8.ToArray()), HttpStatusCode.Unauthorized, "Too many attempts to log in");
    }

    [Fact]
    public async Task A_token_of_the_connection_takes_the_place_of_the_password_once()
    {
        await using var server = await FileServer.StartAsync(options => options.FilesUrl = "https://chat.example/files");
        await using var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("TOKEN SERVICELIST");
        Assert.Contains(" TOKEN SERVICE FILEHOST https://chat.example/files :", await ann.ReadUntilContainsAsync("TOKEN SERVICE"), StringComparison.Ordinal);
        var token = await GenerateAsync(ann);

        var location = await server.MustUploadAsync("x"u8.ToArray(), login: new("Bearer", token));
        Assert.StartsWith("https://chat.example/files/", location.AbsoluteUri, StringComparison.Ordinal);
        using var again = await server.UploadAsync("x"u8.ToArray(), login: new("Bearer", token));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    /// <summary>https://github.com/ircv3/ircv3-specifications/pull/562 (2026-04-06): "servers MUST support the `FILEHOST TOKEN` command."</summary>
    [Fact]
    public async Task Clients_that_know_the_proposal_alone_get_their_token_by_its_command()
    {
        await using var server = await FileServer.StartAsync(options => options.FilesUrl = "https://chat.example/files");
        await using var guest = await server.EnterAsync("Guest", logsIn: false);
        await guest.SendLineAsync("FILEHOST TOKEN");
        await guest.ReadUntilContainsAsync("FAIL FILEHOST ACCOUNT_REQUIRED");
        await guest.SendLineAsync("FILEHOST NONSENSE");
        await guest.ReadUntilContainsAsync("FAIL FILEHOST UNKNOWN_COMMAND NONSENSE");
        await using var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("FILEHOST TOKEN");
        var token = (await ann.ReadUntilContainsAsync(" FILEHOST TOKEN ")).Split(' ')[^1].TrimEnd('\r');

        await server.MustUploadAsync("x"u8.ToArray(), login: new("Bearer", token));

        using var again = await server.UploadAsync("x"u8.ToArray(), login: new("Bearer", token));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        await using var off = await FileServer.StartAsync(options => options.Files = FilePolicy.Off);
        await using var ben = await off.EnterAsync("Ben");
        await ben.SendLineAsync("FILEHOST TOKEN");
        await ben.ReadUntilContainsAsync("FAIL FILEHOST UNKNOWN_SERVICE");
    }

    [Fact]
    public async Task A_token_of_a_guest_ends_with_its_connection()
    {
        await using var server = await FileServer.StartAsync(options => (options.FilesUrl, options.Files) = ("https://chat.example/files", FilePolicy.Everyone));
        await using var guest = await server.EnterAsync("Guest", logsIn: false);
        var token = await GenerateAsync(guest);

        await guest.SendLineAsync("QUIT");
        await guest.ReadToEndAsync();

        using var answer = await server.UploadAsync("x"u8.ToArray(), login: new("Bearer", token));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_capability_for_tokens_is_offered_with_files_too()
    {
        await using var server = await FileServer.StartAsync(options => options.FilesUrl = "https://chat.example/files");
        await using var client = await ScriptedClient.ConnectAsync(server.Server.AddressOf("irc"), "zoe");
        await client.SendLineAsync("CAP LS 302");

        Assert.Contains(" draft/authtoken", await client.ReadUntilContainsAsync("draft/authtoken"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guests_upload_where_everyone_may_and_their_files_go_with_their_messages_too()
    {
        await using var closed = await FileServer.StartAsync(options => options.FilesUrl = "http://chat.example/files");
        await using var guest = await closed.EnterAsync("Guest", logsIn: false);
        await guest.SendLineAsync("TOKEN GENERATE FILEHOST");
        await guest.ReadUntilContainsAsync("FAIL TOKEN ACCOUNT_REQUIRED");

        await using var open = await FileServer.StartAsync(options => (options.FilesUrl, options.Files) = ("http://chat.example/files", FilePolicy.Everyone));
        await using var zoe = await open.EnterAsync("Zoe", logsIn: false);
        var location = await open.MustUploadAsync("x"u8.ToArray(), login: new("Bearer", await GenerateAsync(zoe)));
        var file = new Uri(open.Http.BaseAddress!, location.AbsolutePath);
        await open.UntilAsync(file, HttpStatusCode.OK);
        var id = await FileServer.SayAsync(zoe, "#main", location.AbsoluteUri);
        await zoe.SendLineAsync($"REDACT #main {id}");
        await open.UntilAsync(file, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_token_ends_with_the_password_that_its_owner_had_logged_in_by_and_with_the_account()
    {
        await using var server = await FileServer.StartAsync(options => options.FilesUrl = "http://chat.example/files");
        var name = UserName.TryParse("Ann", out var parsed) ? parsed : default;
        await using var ann = await server.EnterAsync("Ann");
        var (first, second) = (await GenerateAsync(ann), await GenerateAsync(ann));

        Assert.Null(await server.Accounts.ChangePasswordAsync(name, "another password", Token));
        await UploadTests.AssertRefusedAsync(server, await server.UploadAsync("x"u8.ToArray(), login: new("Bearer", first)), HttpStatusCode.Unauthorized, "expired or none");
        Assert.True(await server.Accounts.Store.DeleteAsync(name, Token));
        await UploadTests.AssertRefusedAsync(server, await server.UploadAsync("x"u8.ToArray(), login: new("Bearer", second)), HttpStatusCode.Unauthorized, "expired or none");
    }

    [Fact]
    public async Task Clients_are_told_the_address_by_which_they_came_or_that_which_is_set()
    {
        await using var plain = await FileServer.StartAsync();
        Assert.DoesNotContain("FILEHOST", await SupportAsync(plain), StringComparison.Ordinal);

        await using var set = await FileServer.StartAsync(options => options.FilesUrl = "https://chat.example/files/");
        var support = await SupportAsync(set);
        Assert.Contains(" draft/FILEHOST=https://chat.example/files soju.im/FILEHOST=https://chat.example/files ", support, StringComparison.Ordinal);
        Assert.Contains(" draft/AUTHTOKEN ", support, StringComparison.Ordinal);

        await using var off = await FileServer.StartAsync(options => (options.FilesUrl, options.Files) = ("https://chat.example/files", FilePolicy.Off));
        Assert.DoesNotContain("FILEHOST", await SupportAsync(off), StringComparison.Ordinal);
        using var response = await off.UploadAsync("x"u8.ToArray());
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    /// <summary>"Servers MUST accept OPTIONS requests on the upload URI. Servers MAY return an Accept-Post header field to indicate the MIME types they accept."</summary>
    [Fact]
    public async Task The_terms_can_be_asked_for_and_pages_of_others_may_upload_only_if_they_may_connect()
    {
        await using var server = await FileServer.StartAsync(options => (options.MaxFileMegabytes, options.FileTypes, options.WebOrigins) = (3, "image/*,text/plain", "https://app.example"));

        using var terms = await AskAsync(server, "https://app.example");
        Assert.Equal((HttpStatusCode.NoContent, "OPTIONS, POST", "image/*, text/plain", "max-size=3000000"),
            (terms.StatusCode, string.Join(", ", terms.Content.Headers.Allow), string.Join(", ", terms.Headers.GetValues("Accept-Post")), Assert.Single(terms.Headers.GetValues("Upload-Limit"))));
        Assert.Equal("https://app.example", Assert.Single(terms.Headers.GetValues("Access-Control-Allow-Origin")));
        using var stranger = await AskAsync(server, "https://evil.example");
        Assert.False(stranger.Headers.Contains("Access-Control-Allow-Origin"));

        await UploadTests.AssertRefusedAsync(
            server, await server.UploadAsync("x"u8.ToArray(), change: request => request.Headers.Add("Origin", "https://evil.example")), HttpStatusCode.Forbidden, "may not upload");
    }

    private static Task<HttpResponseMessage> AskAsync(FileServer server, string origin)
        => server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/files") { Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" } } }, Token);

    private static async Task<string> GenerateAsync(ScriptedClient client)
    {
        await client.SendLineAsync("TOKEN GENERATE FILEHOST #main");
        return (await client.ReadUntilContainsAsync("TOKEN GENERATE * ")).Split(' ')[^1].TrimEnd('\r');
    }

    private static async Task<string> SupportAsync(FileServer server)
    {
        await using var client = await ScriptedClient.ConnectAsync(server.Server.AddressOf("irc"), "zoe");
        await client.SendLinesAsync("NICK zoe", "USER zoe 0 * :Zoe");
        var lines = new List<string>();
        for (var line = ""; !line.Contains(" 422 ", StringComparison.Ordinal);)
        {
            lines.Add(line = (await client.ReadLineAsync())! + " ");
        }

        return string.Concat(lines);
    }
}
