using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport;
using Parley.TestKit;

namespace Parley.Server.Tests.Admin;

/// <summary>Administrators ask over a Unix socket, one line of JSON each way.</summary>
public sealed class AdminListenerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-admin-");
    private readonly CollectedLog _log = new();

    private string SocketPath => Path.Combine(_folder.FullName, "admin.sock");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Users_rooms_and_the_server_itself_are_told_of()
    {
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");
        await using var bob = await EnterAsync(server, "Bob");
        await bob.SendLineAsync("/join rust");
        await bob.ReadUntilAsync("You joined rust");

        Assert.Matches("""^{"status":{"version":"[^"]+","upSeconds":0,"ready":true,"health":"ready","users":2,"maxUsers":2,"rooms":2,"memoryBytes":[0-9]+,"listeners":\["lines 127[.]0[.]0[.]1:[0-9]+"]}}$""", await AskAsync("""{"command":"status"}"""));
        Assert.Equal("""{"rooms":[{"name":"main","users":1,"secret":false},{"name":"rust","users":1,"secret":false}]}""", await AskAsync("""{"command":"rooms"}"""));
        Assert.Matches("""^{"users":\[{"name":"Ann","protocol":"lines","host":"[^"]+","rooms":\["main"],"signedOn":"[^"]+","lastSpoke":"[^"]+"},{"name":"Bob",.*}\]}$""", await AskAsync("""{"command":"users"}"""));
    }

    [Fact]
    public async Task A_kicked_user_is_disconnected_and_the_room_is_told()
    {
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");
        await using var bob = await EnterAsync(server, "Bob");

        Assert.Equal("""{"done":["Bob"]}""", await AskAsync("""{"command":"kick","user":"bob","text":"enough"}"""));

        await ann.ReadUntilContainsAsync("Bob left");
        await bob.ReadToEndAsync();
        Assert.Equal("""{"error":"bob is not here: parley users says who is"}""", await AskAsync("""{"command":"kick","user":"bob"}"""));
    }

    [Fact]
    public async Task A_server_whose_folder_is_gone_stops_as_ever()
    {
        var server = await StartAsync();
        _folder.Delete(recursive: true);

        await server.StopAsync(Token);
        await server.DisposeAsync();

        _folder.Create();
        Assert.Contains(_log.Entries, entry => entry.Message.Contains("admin.sock could not be removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_are_listed_with_the_protocol_that_they_came_by()
    {
        await using var server = await StartAsync(options => options.Irc = ListenAddress.Loopback(0));
        await using var ann = await EnterAsync(server, "Ann");
        await using var ida = await ScriptedClient.ConnectAsync(server.Listeners.Single(listener => listener.Name == "irc").Address);
        await ida.SendLinesAsync("NICK Ida", "USER ida 0 * :Ida");
        await ida.ReadUntilContainsAsync(" 422 ");

        var users = await AskAsync("""{"command":"users"}""");

        Assert.Contains("""{"name":"Ann","protocol":"lines",""", users, StringComparison.Ordinal);
        Assert.Contains("""{"name":"Ida","protocol":"irc",""", users, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_announcement_is_said_in_every_room()
    {
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");
        await using var bob = await EnterAsync(server, "Bob");
        await bob.SendLineAsync("/join rust");
        await bob.ReadUntilAsync("You joined rust");

        Assert.Equal("""{"done":["main","rust"]}""", await AskAsync("""{"command":"announce","text":"back at 22:00"}"""));

        await ann.ReadUntilAsync("announcement: back at 22:00");
        await bob.ReadUntilAsync("announcement: back at 22:00");
    }

    [Fact]
    public async Task A_reload_says_which_certificate_is_in_use_and_fails_where_its_files_will_not_do()
    {
        using var certificate = new TestCertificate();
        await using var server = await StartAsync(options =>
            (options.TlsCertificate, options.TlsKey, options.LinesTls, options.Ircs) = (certificate.CertificateFile, certificate.KeyFile, ListenAddress.Loopback(0), ListenAddress.Off));

        certificate.Replace("CN=second.test");
        Assert.Matches("""^{"certificate":{"subject":"CN=second.test","validUntil":"[^"]+"},"changes":\[]}$""", await AskAsync("""{"command":"reload"}"""));

        File.WriteAllText(certificate.KeyFile, "nothing");
        Assert.Matches(
            """^{"error":"Settings were read again, but the certificate will not do, and the one before stays in use: [^"]+","certificate":{"subject":"CN=second.test",.*"error":"[^"]+"},"changes":\[]}$""",
            await AskAsync("""{"command":"reload"}"""));
        Assert.Contains("\"certificate\":{\"subject\":\"CN=second.test\"", await AskAsync("""{"command":"status"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "Not a request: ")]
    [InlineData("{}", "")]
    [InlineData("""{"command":"dance"}""", "This server knows no command 'dance'")]
    [InlineData("""{"command":"kick"}""", " is not here")]
    [InlineData("""{"command":"announce","text":" "}""", "There is nothing to announce")]
    [InlineData("""{"command":"announce","text":"two\nlines"}""", "A text is one line: give it without line breaks")]
    [InlineData("""{"command":"kick","user":"Ann","text":"two\nlines"}""", "A text is one line: give it without line breaks")]
    [InlineData("""{"command":"announce","text":"x","room":"a b"}""", "'a b' is not the name of a room")]
    [InlineData("""{"command":"announce","text":"x","room":"mian"}""", "There is no room mian: parley rooms says which there are")]
    public async Task Bad_requests_are_answered_with_one_error(string request, string error)
    {
        await using var server = await StartAsync();
        var answer = await AskAsync(request);
        Assert.StartsWith("""{"error":""", answer, StringComparison.Ordinal);
        Assert.Contains(error, System.Text.RegularExpressions.Regex.Unescape(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_told_their_limit()
    {
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");

        Assert.Equal(
            """{"error":"An announcement has at most 400 bytes (--max-line-bytes), and this one has 402: give a shorter text"}""",
            await AskAsync($$"""{"command":"announce","text":"{{new string('x', 400)}}\u00e9"}"""));
        Assert.Equal(
            """{"error":"A request has at most 65536 bytes: give less text"}""",
            await AskAsync($$"""{"command":"announce","text":"{{new string('x', 65536)}}"}"""));
        Assert.StartsWith("{\"done\":[\"main\"]}", await AskAsync("""{"command":"announce","text":"short"}"""), StringComparison.Ordinal);
        await ann.ReadUntilAsync("announcement: short");
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_socket_is_its_owners_and_groups_alone_and_goes_with_the_server()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no modes here");
        var server = await StartAsync();
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(SocketPath));
        await server.StopAsync(Token);
        await server.DisposeAsync();
        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_socket_that_a_killed_server_left_is_replaced_and_that_of_another_is_not()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath));
        }

        await using var server = await StartAsync();
        Assert.StartsWith("""{"status":""", await AskAsync("""{"command":"status"}"""), StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<ListenException>(() => StartAsync());
        Assert.Contains("another server listens there", error.Message, StringComparison.Ordinal);
        Assert.Contains("--admin FILE", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_drained_ends_in_order_and_the_connection_with_it()
    {
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");
        using var connection = await ConnectAsync();
        await connection.SendAsync("{\"command\":\"drain\"}\n"u8.ToArray(), Token);
        var ended = ReadToEndAsync(connection);

        await server.WaitForShutdownAsync(Token).WithinSafetyAsync();

        Assert.Equal("{\"done\":[]}\n", await ended.WithinSafetyAsync());
        await ann.ReadUntilAsync("Server is shutting down");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<ParleyServer> StartAsync(Action<ParleyOptions>? change = null)
    {
        var options = new ParleyOptions
        {
            Lines = ListenAddress.Loopback(0),
            Addressed = ListenAddress.Off,
            Irc = ListenAddress.Off,
            Http = ListenAddress.Off,
            History = false,
            Admin = SocketPath,
        };
        change?.Invoke(options);
        var server = ParleyServer.Create(options, logging => logging.AddProvider(_log), admin: SocketPath);
        try
        {
            await server.StartAsync(Token);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task<ScriptedClient> EnterAsync(ParleyServer server, string name)
    {
        var client = await ScriptedClient.ConnectAsync(server.Listeners.Single(listener => listener.Name == "lines").Address, name);
        var greeting = await client.ReadUntilAsync("You joined main");
        await client.SendLineAsync("/name " + name);
        await client.ReadUntilAsync($"{greeting[^1]["You are ".Length..]} is now {name}");
        return client;
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), Token);
        return socket;
    }

    private async Task<string> AskAsync(string request)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(request + "\n"), Token);
        using var reader = new StreamReader(new NetworkStream(socket));
        return (await reader.ReadLineAsync(Token))!;
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var reader = new StreamReader(new NetworkStream(socket));
        return await reader.ReadToEndAsync(Token);
    }
}
