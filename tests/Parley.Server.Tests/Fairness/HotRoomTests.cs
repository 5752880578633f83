using System.Net.Sockets;
using System.Text;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Fairness;

public sealed class HotRoomTests
{
    private const int Senders = 8;

    /// <summary>With a window, each sender says the next when it has seen its own; without, as fast as its socket takes it.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(int.MaxValue)]
    public async Task A_room_whose_members_never_stop_does_not_starve_another(int window)
    {
        await using var server = new OneLoopServer();
        var ping = await server.EnterAsync("Ping");
        await ping.SendLineAsync("/join quiet");
        await ping.ReadUntilAsync("You joined quiet");
        var pong = await server.EnterAsync("Pong");
        await pong.SendLineAsync("/join quiet");
        await pong.ReadUntilAsync("You joined quiet");
        await ping.ExpectAsync("Pong joined");

        var senders = new List<StreamingClient>();
        for (var i = 0; i < Senders; i++)
        {
            senders.Add(await StreamingClient.EnterAsync(server.Address, $"Hot{i}"));
        }

        var stopped = false;
        var flood = senders.SelectMany((sender, i) => new[] { ReadAsync(sender, $"Hot{i}: "), WriteAsync(sender) }).ToArray();
        await UntilMoreAsync(senders, Senders * 100);

        for (var i = 0; i < 200; i++)
        {
            await ping.SendLineAsync($"ping {i}");
            await pong.ExpectAsync($"Ping: ping {i}");
            await pong.SendLineAsync($"pong {i}");
            await pong.ExpectAsync($"Pong: pong {i}");
            await ping.ExpectAsync($"Ping: ping {i}", $"Pong: pong {i}");
        }

        // The flood is still on.
        await UntilMoreAsync(senders, Senders * 100);
        Assert.DoesNotContain(flood, each => each.IsFaulted);
        Volatile.Write(ref stopped, true);
        senders.ForEach(sender => sender.Dispose());
        await Task.WhenAll(flood).ContinueWith(_ => { }, TaskScheduler.Default).WithinSafetyAsync();
        await ping.CloseAsync();
        await pong.CloseAsync();
        Assert.Empty(server.Errors);

        async Task ReadAsync(StreamingClient sender, string own)
        {
            var prefix = Encoding.ASCII.GetBytes(own);
            var answers = 0;
            await Task.Yield();
            await sender.ReadAsync(line =>
            {
                if (window != int.MaxValue && line.StartsWith(prefix) && ++answers % window == 0)
                {
                    // The window is open again, as a whole.
                    _ = SendSomeAsync(sender, window);
                }

                return !Volatile.Read(ref stopped);
            });
        }

        async Task WriteAsync(StreamingClient sender)
        {
            await Task.Yield();
            do
            {
                await SendSomeAsync(sender, Math.Min(window, 100));
            }
            while (window == int.MaxValue && !Volatile.Read(ref stopped));
        }
    }

    private static async Task SendSomeAsync(StreamingClient sender, int lines)
    {
        try
        {
            await sender.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("some fifty bytes of what people say in a hot room\n", lines))));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task UntilMoreAsync(List<StreamingClient> clients, long lines)
    {
        var aim = clients.Sum(client => client.Lines) + lines;
        var deadline = Environment.TickCount64 + (long)Safety.Timeout.TotalMilliseconds;
        while (clients.Sum(client => client.Lines) < aim)
        {
            Assert.True(Environment.TickCount64 < deadline, "The hot room stands still");
            await Task.Yield();
        }
    }
}
