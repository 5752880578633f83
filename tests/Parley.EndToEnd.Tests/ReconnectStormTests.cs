using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>Who goes and comes back at once under the same name is there; what the old connection still cleans up is its own.</summary>
public sealed class ReconnectStormTests
{
    private const int Reconnects = 200;

    [Fact]
    public async Task A_late_clean_up_never_removes_who_came_back_under_the_same_name()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter sink = await Chatter.LogInAsync(server.AddressedPort, "sink");

        for (int i = 0; i < Reconnects; i++)
        {
            using LineSocket storm = await Safety.UntilAsync(
                () => TryLogInAsync(server.AddressedPort, "storm"), connection => connection is not null, "the name to be free again") ?? throw new InvalidOperationException();

            await storm.SendLineAsync($"sink: hello {i}");
            await sink.Heard.ExpectAsync($"from storm: hello {i}");
            await sink.SayAsync($"storm: welcome back {i}");
            Assert.Equal($"from sink: welcome back {i}", await ReadAsync(storm));
            await storm.SendLineAsync($"sink: bye {i}");

            End(storm, i);
            await sink.Heard.ExpectAsync($"from storm: bye {i}");
        }
    }

    [Fact]
    public async Task Two_that_want_one_name_never_both_have_it()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        int holders = 0;

        await Safety.WaitForAsync(Task.WhenAll(Enumerable.Range(0, 4).Select(WantAsync)), "everybody's turns", () => $"{holders} have the name");

        async Task WantAsync(int seed)
        {
            for (int turns = 0; turns < Reconnects / 4;)
            {
                using LineSocket? connection = await TryLogInAsync(server.AddressedPort, "crown");
                if (connection is null)
                {
                    continue;
                }

                Assert.Equal(1, Interlocked.Increment(ref holders));
                turns++;
                Interlocked.Decrement(ref holders);
                End(connection, seed + turns);
            }
        }
    }

    /// <summary>Null if the name is taken. A message to oneself shows that one was let in, and is reachable.</summary>
    private static async Task<LineSocket?> TryLogInAsync(int port, string name)
    {
        LineSocket connection = await LineSocket.ConnectAsync(port);
        await connection.SendLineAsync(name);
        await connection.SendLineAsync($"{name}: in?");
        string? answer;
        try
        {
            answer = await ReadAsync(connection);
        }
        catch (IOException e)
        {
            Assert.Fail($"The server reset the connection ({e.Message}).\n{connection}");
            return null;
        }

        if (answer == $"from {name}: in?")
        {
            return connection;
        }

        Assert.Equal($"error: {name} is already taken, connect again with another name as the first line", answer);
        connection.Dispose();
        return null;
    }

    private static void End(LineSocket connection, int turn)
    {
        switch (turn % 3)
        {
            case 0:
                connection.Dispose();
                break;
            case 1:
                connection.HalfClose();
                break;
            default:
                // Everything sent has been acted on by then or is still on its way: both are put to the test.
                connection.HalfClose();
                connection.Dispose();
                break;
        }
    }

    private static Task<string?> ReadAsync(LineSocket connection) =>
        Safety.WaitForAsync(connection.ReadLineAsync().AsTask(), "an answer", connection.ToString);
}
