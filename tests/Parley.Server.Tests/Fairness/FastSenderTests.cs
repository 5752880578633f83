using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Fairness;

/// <summary>A sender at full speed is slowed by its own backpressure, not by dropping others' messages.</summary>
public sealed class FastSenderTests
{
    private const int Lines = 200_000;
    private const int Members = 5;

    [Fact]
    public async Task A_sender_at_full_speed_makes_nobody_lose_a_message_on_one_loop()
    {
        await using var server = new OneLoopServer();
        await SendAtFullSpeedAsync(server.Address);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task A_sender_at_full_speed_makes_nobody_lose_a_message_on_a_whole_server()
    {
        await using var server = await RealServer.StartAsync();
        await SendAtFullSpeedAsync(server.AddressOf("lines"));
    }

    private static async Task SendAtFullSpeedAsync(EndPoint address)
    {
        var members = new List<StreamingClient>();
        for (var i = 0; i < Members; i++)
        {
            members.Add(await StreamingClient.EnterAsync(address, $"Member{i}"));
        }

        using var sender = await StreamingClient.EnterAsync(address, "Sender");
        var failures = new ConcurrentQueue<string>();
        var reading = members.Append(sender).Select(client => Task.Run(() => ReadAllAsync(client, failures))).ToArray();
        var writing = Task.Run(async () =>
        {
            var block = new StringBuilder();
            for (var i = 0; i < Lines; i++)
            {
                block.Append(CultureInfo.InvariantCulture, $"{i} and some more to make it as long as a line is\n");
                if (block.Length > 30_000 || i == Lines - 1)
                {
                    await sender.SendAsync(Encoding.ASCII.GetBytes(block.ToString()));
                    block.Clear();
                }
            }
        });
        await Task.WhenAll(reading.Append(writing)).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        members.ForEach(member => member.Dispose());
        Assert.Empty(failures);
    }

    /// <summary>Reads from the first line of the sender to the last, in order.</summary>
    private static async Task ReadAllAsync(StreamingClient client, ConcurrentQueue<string> failures)
    {
        var expected = 0;
        await client.ReadAsync(line =>
        {
            if (!line.StartsWith("Sender: "u8))
            {
                if (line.StartsWith("Server "u8))
                {
                    failures.Enqueue($"At line {expected}: {Encoding.ASCII.GetString(line)}");
                }

                return true;
            }

            var end = line[8..].IndexOf((byte)' ');
            var number = int.Parse(line.Slice(8, end), CultureInfo.InvariantCulture);
            if (number != expected)
            {
                failures.Enqueue($"Line {number} instead of {expected}");
            }

            expected = number + 1;
            return expected < Lines;
        });
        if (expected < Lines)
        {
            failures.Enqueue($"The end after line {expected}");
        }
    }
}
