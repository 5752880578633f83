using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests;

/// <summary>WebSockets on socket loops: the same frames for a whole room, and the same invariants as over TCP.</summary>
public sealed class WebSocketEngineTests : ConformanceTest
{
    private readonly HttpClient _http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected override ValueTask CleanUpAsync()
    {
        _http.Dispose();
        return default;
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options =>
    {
        options.Http = ListenAddress.Loopback(0);
        options.MaxOutboxBytes = 64 * 1024;
    });

    [Fact]
    public async Task Frames_that_come_together_with_the_handshake_are_read()
    {
        await using var client = await RawWebSocket.ConnectAsync(
            Server.AddressOf("http"), [.. RawWebSocket.Frame(RawWebSocket.Text, "PING early"u8), .. RawWebSocket.Frame(RawWebSocket.Text, "PING late"u8)[..3]]);

        Assert.EndsWith(":early", await ReadAsync(client), StringComparison.Ordinal);
        await client.SendBytesAsync(RawWebSocket.Frame(RawWebSocket.Text, "PING late"u8).AsMemory(3));
        Assert.EndsWith(":late", await ReadAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_may_come_byte_by_byte()
    {
        await using var client = await RawWebSocket.ConnectAsync(Server.AddressOf("http"));
        foreach (var octet in RawWebSocket.Frame(RawWebSocket.Text, "PING 1"u8))
        {
            await client.SendBytesAsync(new[] { octet });
        }

        Assert.EndsWith(":1", await ReadAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_bytes_and_plain_lines_meet_in_a_room()
    {
        var ann = await Server.JoinAsync("Ann");
        await using var text = await JoinAsync("Tex");
        await ann.ExpectAsync("JOIN");
        await using var binary = await JoinAsync("Bin", "Sec-WebSocket-Protocol: binary.ircv3.net");
        await ann.ExpectAsync("JOIN");

        foreach (var length in (int[])[1, 60, 110, 300])
        {
            var said = new string('x', length);
            await ann.SendAsync("PRIVMSG #room :" + said);
            Assert.EndsWith(" PRIVMSG #room :" + said, await ReadAsync(text, "PRIVMSG"), StringComparison.Ordinal);
            Assert.EndsWith(" PRIVMSG #room :" + said, await ReadAsync(binary, "PRIVMSG", RawWebSocket.Binary), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_slow_reader_delays_nobody_and_is_told_in_whole_frames_what_it_missed()
    {
        var ann = await Server.JoinAsync("Ann");
        await using var slow = await JoinAsync("Slow");
        await ann.ExpectAsync("JOIN");
        var filler = new string('x', 400);
        var said = 0;

        // As much as the machine takes, and then as much again as the outbox holds three times.
        for (var more = 0; more < 3; more = await HasOverflowedAsync() ? more + 1 : 0)
        {
            for (var message = 0; message < 200; message++)
            {
                await ann.SendAsync($"PRIVMSG #room :{said++} {filler}");
            }

            await ann.SyncAsync();
        }

        var (last, missed) = (-1, 0);
        while (last < said - 1)
        {
            var line = await ReadAsync(slow);
            if (line.Contains("dropped", StringComparison.Ordinal))
            {
                missed++;
                continue;
            }

            var number = int.Parse(line.Split(' ')[^2].TrimStart(':'), System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(number > last, $"{number} came after {last}");
            last = number;
        }

        Assert.True(missed > 0, "nothing was missed");
    }

    [Fact]
    public async Task A_client_that_is_gone_without_a_word_has_quit()
    {
        var ann = await Server.JoinAsync("Ann");
        var gone = await JoinAsync("Gone");
        await ann.ExpectAsync("JOIN");

        await gone.DisposeAsync();

        Assert.Equal("Gone", (await ann.ExpectAsync("QUIT")).Nick);
    }

    [Fact]
    public async Task Whoever_reads_nothing_while_the_server_stops_gets_the_close_frame_last()
    {
        await using var client = await JoinAsync("Tex");

        var stopping = Server.StopAsync();

        Assert.Contains("ERROR", await ReadAsync(client), StringComparison.Ordinal);
        Assert.Equal(1001, await client.ReceiveCloseAsync());
        await client.ExpectEndAsync();
        await client.DisposeAsync();
        await stopping.WithinSafetyAsync();
    }

    private async Task<bool> HasOverflowedAsync()
    {
        var metrics = await _http.GetStringAsync(new Uri($"http://{Server.AddressOf("http")}/metrics"), Token);
        return metrics.Split('\n').Any(line =>
            line.StartsWith("parley_outbox_overflows", StringComparison.Ordinal) && line.Contains("websocket", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
    }

    private static async Task<string> ReadAsync(RawWebSocket client, string containing = "", byte kind = RawWebSocket.Text)
    {
        while (true)
        {
            var line = Encoding.UTF8.GetString(await client.ReceiveAsync(kind));
            if (line.Contains(containing, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    private async Task<RawWebSocket> JoinAsync(string nick, params string[] headers)
    {
        var client = await RawWebSocket.ConnectAsync(Server.AddressOf("http"), headers);
        var kind = headers.Length == 0 ? RawWebSocket.Text : RawWebSocket.Binary;
        foreach (var line in (string[])[$"NICK {nick}", $"USER {nick} 0 * :{nick}", "JOIN #room"])
        {
            await client.SendAsync(kind, Encoding.UTF8.GetBytes(line));
        }

        await ReadAsync(client, " 366 ", kind);
        return client;
    }
}
