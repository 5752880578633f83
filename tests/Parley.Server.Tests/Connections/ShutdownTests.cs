using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Protocol.Framing;
using Parley.Server.Connections;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Connections;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Everybody_is_told_and_closed_in_good_order()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        var stopping = server.StopAsync();
        await ann.ExpectAsync("Server is shutting down");
        await ann.ExpectClosedAsync();
        await stopping;
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Exception is not null);
        Assert.Equal([301, 302], server.Log.Entries.Where(entry => entry.Id > 300).Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_line_that_was_read_is_finished_and_half_a_line_is_dropped()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendBytesAsync("whole\nhal"u8.ToArray());
        await people[0].ExpectAsync("Ann: whole");
        var stopping = server.StopAsync();
        await people[1].ExpectAsync("Ann: whole");
        Assert.DoesNotContain(await people[1].ReadToEndAsync(), line => line.Contains("hal", StringComparison.Ordinal));
        await people[0].ReadToEndAsync();
        await stopping;
    }

    [Fact]
    public async Task Of_thousands_of_lines_in_hand_only_so_many_are_handled_as_there_is_time_for()
    {
        await using var server = new TestServer();
        var connection = new InMemoryConnection(64 * 1024);
        var session = new SlowSession(server);
        await using var client = server.Open(new SlowHandler(server, session), connection);

        await client.SendBytesAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("LIST\n", 1000))));

        await session.Stopped.WithinSafetyAsync();
        await client.ReadToEndAsync();

        // The one in whose time the server began to stop, and those of two seconds after that.
        Assert.Equal(5, session.Handled);
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Exception is not null);
    }

    [Fact]
    public async Task Whoever_is_cut_off_may_look_whether_the_server_stops_when_all_else_is_gone()
    {
        var server = new TestServer();
        await server.DisposeAsync();
        Assert.True(server.Shutdown.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task While_the_server_stops_a_newcomer_is_told_and_closed()
    {
        await using var server = new TestServer();
        var connection = new InMemoryConnection(sendBufferBytes: 64);
        var stalled = server.OpenLines(connection);
        var ann = await server.EnterAsync("Ann");
        var stopping = server.StopAsync();
        await ann.ReadToEndAsync();
        var late = server.OpenLines();
        await late.ExpectAsync("Server is shutting down");
        await late.ExpectClosedAsync();
        Assert.False(stopping.IsCompleted);
        await stalled.ReadToEndAsync();
        await stopping;
    }

    [Theory]
    [InlineData(TransportKind.InMemory)]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.Kestrel)]
    public async Task Nothing_that_was_accepted_is_lost(TransportKind transport)
    {
        for (var round = 0; round < 3; round++)
        {
            await StopInFullFlightAsync(transport);
        }
    }

    /// <summary>Whatever one member saw, its author included, all members saw, in one order.</summary>
    private static async Task StopInFullFlightAsync(TransportKind transport)
    {
        const int People = 12;

        // Room enough in the outboxes: what is let go by the overflow policy is another matter.
        await using var server = new TestServer(new ParleyOptions { MaxOutboxBytes = 64 * 1024 * 1024 });
        var address = transport == TransportKind.InMemory ? null : await server.ListenAsync(transport == TransportKind.Loops);
        var people = new List<ScriptedClient>();
        for (var i = 0; i < People; i++)
        {
            people.Add(address is null ? await server.EnterAsync($"user{i:00}") : await server.ConnectAsync(address, $"user{i:00}"));
        }

        var underway = new CountdownEvent(People);
        var talking = people.Select(async person =>
        {
            try
            {
                for (var i = 0; i < 2000; i++)
                {
                    await person.SendLineAsync($"message {i}");
                    if (i == 50)
                    {
                        underway.Signal();
                    }
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The server reads no more.
            }
        }).ToArray();
        var heard = new ConcurrentDictionary<string, string[]>();
        var dropped = new ConcurrentBag<string>();
        var listening = people.Select(async person =>
        {
            var lines = await person.ReadToEndAsync();
            heard[person.Name] = [.. lines.Where(line => line.Contains(": message ", StringComparison.Ordinal))];
            foreach (var notice in lines.Where(line => line.Contains("very busy", StringComparison.Ordinal)))
            {
                dropped.Add(notice);
            }

            Assert.True(lines.Contains("Server is shutting down"), $"{person.Name}: {string.Join('|', lines.TakeLast(3))} {string.Join('|', server.Log.Entries.TakeLast(5))}");
            await person.CloseAsync();
        }).ToArray();
        await Task.Run(() => Assert.True(underway.Wait(Safety.Timeout)));
        var stopping = server.StopAsync();
        await Task.WhenAll(listening).WithinSafetyAsync();
        await Task.WhenAll([stopping, .. talking]).WithinSafetyAsync();

        // Everybody was in the room before the first message.
        var longest = heard.Values.MaxBy(lines => lines.Length)!;
        Assert.NotEmpty(longest);
        foreach (var (name, lines) in heard)
        {
            var same = lines.Zip(longest).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.True(
                same == longest.Length,
                $"{name} heard {lines.Length} of {longest.Length} messages, the first {same} as the others did, then '{lines.ElementAtOrDefault(same)}' for '{longest.ElementAtOrDefault(same)}'; '{string.Join('|', dropped)}'");
        }

        underway.Dispose();
    }

    /// <summary>Takes half a second for each line, and has the server stop in the first.</summary>
    private sealed class SlowSession(TestServer server) : ILineSession
    {
        public int Handled { get; private set; }

        public Task Stopped { get; private set; } = Task.CompletedTask;

        public Session Session { get; } = new(server.Lines.Plain, new OutboxOptions());

        public bool AwaitsLogin => false;

        public ValueTask<bool> StartAsync(CancellationToken cancellationToken) => new(true);

        public async ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken)
        {
            if (Handled++ == 0)
            {
                Stopped = server.Shutdown.BeginAsync();
                await Until.TrueAsync(() => server.Shutdown.Stopping.IsCancellationRequested, () => "It does not stop");
            }
            else
            {
                server.Time.Advance(TimeSpan.FromMilliseconds(500));
            }

            return true;
        }

        public void Notify(string text)
        {
        }
    }

    private sealed class SlowHandler(TestServer server, SlowSession session) : ConnectionHandler
    {
        public override Task OnConnectedAsync(ConnectionContext connection)
            => server.Connections.RunAsync(connection, session, new LineFramer(400));
    }
}
