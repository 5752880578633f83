using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>One of a hundred readers stops: nobody else notices, the server does not grow, and it is told what it has missed.</summary>
public sealed partial class StoppedReaderTests(ITestOutputHelper output)
{
    private const int Others = 99;
    private const long FannedOutBytes = 52L * 1024 * 1024;
    private const long MaxGrowthKilobytes = 64 * 1024;

    [Theory]
    [InlineData(1024 * 1024, false)]
    [InlineData(64 * 1024, true)]
    public async Task A_stopped_reader_delays_nobody_is_told_what_it_missed_and_is_given_it_where_history_is_kept(int maxOutboxBytes, bool keepsHistory)
    {
        // The collector lets garbage of as many bytes as the processor's last cache has pile up, which is 300 MB on some machines: told to
        // collect after 4 MiB, what the server grows by is what it keeps.
        await using ParleyServer server = await ParleyServer.StartFromShellAsync(
            "export DOTNET_GCgen0size=0x400000", "--max-outbox-bytes", $"{maxOutboxBytes}", "--history", keepsHistory ? "on" : "off", "--history-messages", "0");
        List<CountingReader> others = [];
        for (int i = 0; i < Others; i++)
        {
            others.Add(await CountingReader.JoinAsync(server.LinesPort));
        }

        await using ChildProcess stopped = Programs.StartNetcat(server.LinesPort);
        await stopped.Output.SkipToAsync("You joined main");
        for (int i = 0; i < Others; i++)
        {
            // Everybody who came later.
            others[i].ExpectMore(Others - i);
            await Safety.WaitForAsync(others[i].ReachedAsync(), "everybody's arrival", server.Log.ToString);
        }

        CountingReader sender = others[0];
        await stopped.FreezeAsync();

        // In step: the next batch is sent when all the others have the last. So that they get on is shown by getting to the
        // end. A batch fits into the outbox, for those who read.
        byte[] line = Encoding.ASCII.GetBytes(new string('x', 390) + "\n");
        int batchLines = maxOutboxBytes / 4 / line.Length;
        byte[] batch = [.. Enumerable.Repeat(line, batchLines).SelectMany(each => each)];
        long before = ProcessStatus.ResidentKilobytes(server.Id);
        long most = before;
        long sent = 0;
        while (sent * line.Length < FannedOutBytes)
        {
            others.ForEach(other => other.ExpectMore(batchLines));
            await sender.SendAsync(batch);
            await Safety.WaitForAsync(
                Task.WhenAll(others.Select(other => other.ReachedAsync())),
                $"all others to have message {sent + batchLines}",
                () => $"{others.Count(other => other.ReachedAsync().IsCompleted)} of {Others} have it.\n{server.Log}");
            sent += batchLines;
            most = Math.Max(most, ProcessStatus.ResidentKilobytes(server.Id));
        }

        output.WriteLine(
            $"outbox of {maxOutboxBytes} bytes: {sent} messages, {sent * line.Length >> 20} MB to each of {Others}, while one was stopped; "
            + $"VmRSS {before >> 10} MB before, at most {most >> 10} MB");
        Assert.True(most - before < MaxGrowthKilobytes, $"The server grew from {before} KB to {most} KB.");

        // Awake again, it is told what it missed, and from there on misses nothing.
        stopped.Signal(Signals.Continue);
        await sender.SendAsync("the end\n"u8.ToArray());
        sent++;
        long received = 0;
        long dropped = 0;
        string last = "";
        while (!last.EndsWith(": the end", StringComparison.Ordinal))
        {
            last = await stopped.Output.NextAsync("the end of what was sent") ?? throw new InvalidOperationException(stopped.ToString());
            if (Dropped().Match(last) is { Success: true } notice)
            {
                dropped += long.Parse(notice.Groups[1].Value, CultureInfo.InvariantCulture);
            }
            else if (!last.StartsWith("History - ", StringComparison.Ordinal))
            {
                received++;
            }
        }

        output.WriteLine($"the stopped reader received {received} messages and was told of {dropped} dropped ones");
        Assert.True(dropped > 0);
        Assert.Equal(sent, keepsHistory ? received : received + dropped);
        await stopped.SendLineAsync("back again");
        await stopped.Output.SkipToAsync("its own message", each => each.EndsWith(": back again", StringComparison.Ordinal));
        others.ForEach(other => other.Dispose());
    }

    [GeneratedRegex("^Server is very busy and dropped ([0-9]+) messages, sorry!$")]
    private static partial Regex Dropped();

    /// <summary>A reader of very many lines: counts them, and can be waited for to have so many.</summary>
    private sealed class CountingReader : IDisposable
    {
        /// <summary>The commands with their title, "You are" and "You joined".</summary>
        private const int GreetingLines = 12;

        private readonly Lock _gate = new();
        private readonly LineSocket _socket;
        private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _expected;
        private long _lines;

        private CountingReader(LineSocket socket) => _socket = socket;

        /// <summary>In <c>main</c>, with the greeting read.</summary>
        public static async Task<CountingReader> JoinAsync(int port)
        {
            CountingReader reader = new(await LineSocket.ConnectAsync(port));
            _ = reader.CountAsync();
            reader.ExpectMore(GreetingLines);
            await Safety.WaitForAsync(reader.ReachedAsync(), "the greeting", () => $"{reader._lines} lines came");
            return reader;
        }

        public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes);

        public void ExpectMore(int lines)
        {
            lock (_gate)
            {
                _expected += lines;
                _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
                Check();
            }
        }

        public Task ReachedAsync()
        {
            lock (_gate)
            {
                return _reached.Task;
            }
        }

        public void Dispose() => _socket.Dispose();

        private async Task CountAsync()
        {
            byte[] buffer = new byte[128 * 1024];
            try
            {
                while (await _socket.ReadAsync(buffer) is > 0 and int length)
                {
                    int lines = buffer.AsSpan(0, length).Count((byte)'\n');
                    lock (_gate)
                    {
                        _lines += lines;
                        Check();
                    }
                }
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                // The test is over, or fails for want of lines.
            }
        }

        private void Check()
        {
            if (_lines >= _expected)
            {
                _reached.TrySetResult();
            }
        }
    }
}
