using System.Text.RegularExpressions;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A server that is told to stop while everybody talks delivers everything that it has accepted, to everybody.</summary>
public sealed partial class SignalDuringBurstTests
{
    private const int Talkers = 50;

    /// <summary>Messages that one has heard when the signal is sent: the burst is at its height.</summary>
    private const int HeardBeforeSignal = 2000;

    /// <summary>Messages that a talker has on the way: always some, and never so many that a reader falls behind.</summary>
    private const int Window = 8;

    [Theory]
    [InlineData(Signals.Terminate, 1)]
    [InlineData(Signals.Terminate, 2)]
    [InlineData(Signals.Terminate, 3)]
    [InlineData(Signals.Terminate, 4)]
    [InlineData(Signals.Terminate, 5)]
    [InlineData(Signals.Interrupt, 1)]
    [InlineData(Signals.Interrupt, 2)]
    public async Task What_one_has_heard_all_have_heard_in_the_same_order(int signal, int round)
    {
        // A shell that runs in the background has its children ignore SIGINT: env has them start afresh.
        // The outbox takes all of it: on a loaded machine some of these readers fall behind, which is not what is tested.
        await using ParleyServer server = await ParleyServer.StartFromShellAsync(
            "set -- env --default-signal=INT,TERM \"$@\"", "--max-outbox-bytes", "1000000000");
        List<Talker> talkers = [];
        for (int i = 0; i < Talkers; i++)
        {
            talkers.Add(await Talker.JoinAsync(server.LinesPort, i));
        }

        TaskCompletionSource atItsHeight = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task burst = Task.WhenAll(talkers.Select(talker => talker.TalkAsync(heard =>
        {
            if (heard == HeardBeforeSignal)
            {
                atItsHeight.TrySetResult();
            }
        })));
        await Safety.WaitForAsync(atItsHeight.Task, "the burst", () => string.Join('\n', talkers));
        server.Signal(signal);
        await Safety.WaitForAsync(burst, "the end of all connections", () => string.Join('\n', talkers));

        Assert.Equal(0, await server.ExitAsync());
        foreach (Talker talker in talkers)
        {
            Assert.True(talker.Failure is null, $"Round {round}: the connection ended with {talker.Failure}.\n{talker}");
            Assert.Equal("Server is shutting down", talker.LastNotice);
            int differs = talkers[0].Heard.Zip(talker.Heard).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.True(
                differs == talkers[0].Heard.Count && differs == talker.Heard.Count,
                $"Round {round}: talker 0 has heard {talkers[0].Heard.Count} messages, talker {talker.Number} {talker.Heard.Count}; they differ from message {differs} on.\n{talkers[0]}\n{talker}");
        }

        // Nobody's messages have a gap: what came later was accepted later.
        foreach (IGrouping<string, string> sender in talkers[0].Heard.GroupBy(message => message.Split('.')[0]))
        {
            Assert.Equal(Enumerable.Range(0, sender.Count()).Select(count => $"{sender.Key}.{count}"), sender);
        }

        talkers.ForEach(talker => talker.Dispose());
    }

    private sealed partial class Talker(LineSocket socket, int number) : IDisposable
    {
        private readonly SemaphoreSlim _window = new(Window);

        public int Number => number;

        /// <summary>The messages, by sender and count, of everybody.</summary>
        public List<string> Heard { get; } = [];

        public string LastNotice { get; private set; } = "";

        public Exception? Failure { get; private set; }

        public static async Task<Talker> JoinAsync(int port, int number)
        {
            LineSocket socket = await LineSocket.ConnectAsync(port);
            while (await Safety.WaitForAsync(socket.ReadLineAsync().AsTask(), "'You joined main'", socket.ToString) is not "You joined main")
            {
            }

            return new Talker(socket, number);
        }

        /// <summary>Talks for as long as anybody listens, and listens to the end.</summary>
        public async Task TalkAsync(Action<int> heard)
        {
            using CancellationTokenSource ended = new();
            Task talking = TalkAsync(ended.Token);
            try
            {
                while (await socket.ReadLineAsync() is { } line)
                {
                    if (Message().Match(line) is { Success: true } message)
                    {
                        Heard.Add(message.Groups[1].Value);
                        if (message.Groups[2].ValueSpan.SequenceEqual($"{number}"))
                        {
                            _window.Release();
                        }

                        heard(Heard.Count);
                    }
                    else if (!line.EndsWith(" left", StringComparison.Ordinal) && !line.EndsWith(" joined", StringComparison.Ordinal))
                    {
                        LastNotice = line;
                    }
                }
            }
            catch (Exception e) when (e is IOException)
            {
                Failure = e;
            }

            await ended.CancelAsync();
            await talking;
            socket.Dispose();
        }

        public void Dispose()
        {
            socket.Dispose();
            _window.Dispose();
        }

        public override string ToString() => $"talker {number}, {Heard.Count} messages heard, at last:\n{socket}";

        private async Task TalkAsync(CancellationToken ended)
        {
            try
            {
                for (int count = 0; ; count++)
                {
                    await _window.WaitAsync(ended);
                    await socket.SendLineAsync($"b{number}.{count}");
                }
            }
            catch (Exception e) when (e is OperationCanceledException or System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                // The server listens no more.
            }
        }

        [GeneratedRegex(@": (b(\d+)\.\d+)$")]
        private static partial Regex Message();
    }
}
