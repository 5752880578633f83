using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Parley.Cli.Chat.Screen.Terminal;

/// <summary>Reads the keyboard key by key, and tells the key Esc from the sequences that start like it.</summary>
internal static class KeyReader
{
    /// <summary>Time that the rest of a sequence may take to follow its ESC, as a slow line delivers it in pieces.</summary>
    public static TimeSpan EscapeDelay { get; } = TimeSpan.FromMilliseconds(60);

    /// <summary>Reads until the terminal is gone.</summary>
    public static async IAsyncEnumerable<KeyPress> ReadAsync(
        PipeReader input, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var decoder = new KeyDecoder();
        var keys = new List<KeyPress>();
        bool ended;
        do
        {
            Task<ReadResult> reading = input.ReadAsync(cancellationToken).AsTask();
            if (decoder.IsUndecided && !await EndsInTimeAsync(reading, time, cancellationToken).ConfigureAwait(false))
            {
                decoder.Decide(keys);
            }

            foreach (KeyPress key in keys)
            {
                yield return key;
            }

            keys.Clear();
            ReadResult read = await reading.ConfigureAwait(false);
            ended = read.IsCompleted;
            foreach (ReadOnlyMemory<byte> part in read.Buffer)
            {
                decoder.Feed(part.Span, keys);
            }

            input.AdvanceTo(read.Buffer.End);
            foreach (KeyPress key in keys)
            {
                yield return key;
            }

            keys.Clear();
        }
        while (!ended);
    }

    private static async Task<bool> EndsInTimeAsync(Task reading, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(EscapeDelay, time, stop.Token);
        bool inTime = await Task.WhenAny(reading, delay).ConfigureAwait(false) == reading;
        await stop.CancelAsync().ConfigureAwait(false);
        return inTime;
    }
}
