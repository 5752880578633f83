using System.Security.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Parley.Server.Addressed;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Tls;

public sealed class ConversationTests
{
    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.LoopsWithSslStream)]
    [InlineData(TransportKind.Kestrel)]
    public async Task People_talk_over_TLS_as_they_do_without(TransportKind transport)
    {
        await using var server = await TlsServer.StartAsync(transport);
        await using var ann = await server.EnterAsync("Ann");
        await using var bob = await server.EnterAsync("Bob");
        await ann.ExpectMatchAsync(@"\w+ joined");
        await ann.ExpectMatchAsync(@"\w+ is now Bob");
        for (var i = 0; i < 50; i++)
        {
            await ann.SendLinesAsync($"{i}", $"{i} again");
            await ann.ExpectAsync($"Ann: {i}", $"Ann: {i} again");
            await bob.ExpectAsync($"Ann: {i}", $"Ann: {i} again");
        }

        await bob.SendLineAsync("/quit");
        await bob.ExpectClosedAsync();
        await ann.ExpectAsync("Bob left");
    }

    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.LoopsWithSslStream)]
    [InlineData(TransportKind.Kestrel)]
    public async Task A_megabyte_arrives_whole_in_either_direction_although_the_reader_is_slow(TransportKind transport)
    {
        const int Lines = 2700;
        await using var server = await TlsServer.StartAsync(transport, new ParleyOptions { MaxOutboxBytes = 16 * 1024 * 1024 });
        await using var slow = await server.EnterAsync("Slow", receiveBufferBytes: 4096);
        await using var ann = await server.EnterAsync("Ann");
        await slow.ReadUntilAsync((await slow.ExpectMatchAsync(@"(?<name>\w+) joined")).Groups["name"].Value + " is now Ann");

        // The slow one reads when all of it was said and has been echoed: by then it waits in the kernel and its outbox.
        var sending = ann.SendLinesAsync([.. Enumerable.Range(0, Lines).Select(Text)]);
        for (var i = 0; i < Lines; i++)
        {
            await ann.ExpectAsync("Ann: " + Text(i));
        }

        await sending;
        for (var i = 0; i < Lines; i++)
        {
            await slow.ExpectAsync("Ann: " + Text(i));
        }

        static string Text(int number) => $"{number} {new string((char)('a' + (number % 26)), 380)}";
    }

    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.LoopsWithSslStream)]
    [InlineData(TransportKind.Kestrel)]
    public async Task The_end_is_announced_inside_TLS_before_the_connection_closes(TransportKind transport)
    {
        const byte Alert = 21;
        await using var server = await TlsServer.StartAsync(transport);
        RecordTypes? records = null;
        await using var ann = new ScriptedClient(await TlsEnd.ConnectAsync(
            server.Address,

            // The later version does not show what kind of record one is.
            options => options.EnabledSslProtocols = SslProtocols.Tls12,
            socket => records = new RecordTypes(socket)));
        await ann.ReadUntilAsync("You joined main");
        Assert.NotEqual(Alert, records!.Last);
        await ann.SendLineAsync("/quit");
        await ann.ExpectClosedAsync();
        Assert.Equal(Alert, records.Last);
    }

    [Theory]
    [InlineData(TransportKind.Loops, true)]
    [InlineData(TransportKind.Loops, false)]
    [InlineData(TransportKind.LoopsWithSslStream, true)]
    [InlineData(TransportKind.LoopsWithSslStream, false)]
    [InlineData(TransportKind.Kestrel, true)]
    [InlineData(TransportKind.Kestrel, false)]
    public async Task Who_ends_its_side_with_or_without_saying_so_is_sent_what_is_pending_and_is_gone(TransportKind transport, bool inTls)
    {
        await using var server = await TlsServer.StartAsync(transport);
        await using var ann = await server.EnterAsync("Ann");
        var end = await TlsEnd.ConnectAsync(server.Address);
        await using var bob = new ScriptedClient(end);
        var name = (await bob.ReadUntilAsync("You joined main"))[^1]["You are ".Length..];
        await ann.ExpectAsync(name + " joined");
        await bob.SendBytesAsync("the last word"u8.ToArray());
        if (inTls)
        {
            await bob.CompleteSendingAsync();
        }
        else
        {
            end.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }

        await bob.ExpectAsync(name + ": the last word");
        await bob.ExpectClosedAsync();
        await ann.ExpectAsync(name + ": the last word", name + " left");
    }

    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.LoopsWithSslStream)]
    [InlineData(TransportKind.Kestrel)]
    public async Task A_stopping_server_says_so_over_TLS(TransportKind transport)
    {
        await using var server = await TlsServer.StartAsync(transport);
        await using var ann = await server.EnterAsync("Ann");
        var stopping = server.Server.StopAsync();
        await ann.ExpectAsync("Server is shutting down");
        await ann.ExpectClosedAsync();
        await ann.CloseAsync();
        await stopping;
    }

    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.LoopsWithSslStream)]
    [InlineData(TransportKind.Kestrel)]
    public async Task Who_does_not_read_what_is_pending_is_cut_off_in_time(TransportKind transport)
    {
        WatchedHandler? watched = null;
        await using var server = await TlsServer.StartAsync(
            transport,
            inside: test => new SeenHandler(
                watched = new WatchedHandler(test),
                connection => connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.SendBufferSize = 16 * 1024));
        await using var stuck = await server.ConnectAsync(receiveBufferBytes: 4096);
        await stuck.ReadUntilAsync("You joined main");

        // 4 MB of help. It is read from no more when a quarter of its outbox waits, and again when it is down to an eighth,
        // which does not come: the kernel takes no more than it is allowed.
        await stuck.SendLinesAsync([.. Enumerable.Repeat("/help", 20_000)]);
        await Until.TrueAsync(() => watched!.Session.Outbox.WaitingBytes > server.Server.Options.MaxOutboxBytes / 8, () => $"{watched!.Session.Outbox.WaitingBytes} bytes wait, the kernel took the others");
        var stopping = server.Server.StopAsync();
        await server.Time.WhenTimerArmedAsync(server.Server.Options.DrainTimeout);
        server.Time.Advance(server.Server.Options.DrainTimeout);
        await stopping;
        Assert.Single(server.Server.Log.Entries, entry => entry.Id == 205);

        // Kestrel's sockets tell of one that is closed while it is read, for those who debug them.
        Assert.DoesNotContain(server.Server.Log.Entries, entry => entry.Exception is not null && entry.Level > LogLevel.Debug);
    }

    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.LoopsWithSslStream)]
    [InlineData(TransportKind.Kestrel)]
    public async Task Who_may_not_come_in_is_told_why_inside_TLS(TransportKind transport)
    {
        await using var server = await TlsServer.StartAsync(transport, new ParleyOptions { MaxConnectionsPerAddress = 1, ExemptLoopback = false });
        await using var first = await server.ConnectAsync();
        await first.ReadUntilAsync("You joined main");
        await using var second = await server.ConnectAsync();
        await second.ExpectAsync("Too many connections from your address (at most 1), close one first");
        await second.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.LoopsWithSslStream)]
    [InlineData(TransportKind.Kestrel)]
    public async Task Who_does_not_log_in_over_TLS_is_told_in_time(TransportKind transport)
    {
        var handler = new SeenHandler(null!);
        await using var server = await TlsServer.StartAsync(
            transport,
            new ParleyOptions { LoginTimeout = TimeSpan.FromSeconds(7) },
            test => handler = new SeenHandler(new AddressedConnectionHandler(test.Connections, new AddressedContext(test.Broker, test.Options))));
        await using var client = await server.ConnectAsync();

        // The handshake has the same limit, which must be over.
        Assert.NotNull(await handler.TlsAsync());
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(7));
        server.Time.Advance(TimeSpan.FromSeconds(7));
        await client.ExpectAsync("error: No name came within 7 s, connect again and send a name as the first line");
        await client.ExpectClosedAsync();
    }
}
