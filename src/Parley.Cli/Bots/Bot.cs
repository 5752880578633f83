using System.Text;
using Parley.Cli.Load;
using Parley.Protocol.Lines;

namespace Parley.Cli.Bots;

/// <summary>One bot: it talks, and checks that it hears all that the bots of its room say.</summary>
internal sealed class Bot
{
    // How far from the next line another is looked for: past that, what reads like none of the sender's is somebody else's.
    private const int LookAroundLines = 5000;

    private readonly LoadClient _client;
    private readonly BotGroupOptions _options;
    private readonly PhraseBook _book;
    private readonly int _seed;
    private long _said;

    public Bot(LoadClient client, BotGroupOptions options, PhraseBook book, int seed)
    {
        _client = client;
        _options = options;
        _book = book;
        _seed = seed;
    }

    public string Name => _client.Name;

    public Traffic Traffic => _client.Traffic;

    /// <summary>Check of the lines that the bot has heard in its room.</summary>
    public DeliveryCheck Heard { get; private set; } = new(senders: 0);

    /// <summary>Number of lines that the bot has said.</summary>
    public long Said => Volatile.Read(ref _said);

    /// <summary>Why it does not listen any more, if the connection ended before it was asked to.</summary>
    public string? Failure { get; private set; }

    /// <summary>Says its lines, with pauses, until they are all said or it is told to <paramref name="stop"/>.</summary>
    /// <param name="giveUp">Ends a send that the server does not take, and with it the line.</param>
    public async Task TalkAsync(TimeProvider time, CancellationToken stop, CancellationToken giveUp)
    {
        var random = new Random(_seed);
        bool sent = true;
        try
        {
            while (_options.Lines == 0 || _said < _options.Lines)
            {
                await Task.Delay(_options.Every.Draw(random), time, stop).ConfigureAwait(false);
                // Counted before it is sent, as its echo may be faster than the return from the send.
                string line = _book.Line(_seed, _said);
                Volatile.Write(ref _said, _said + 1);
                sent = false;
                await _client.SayAsync(Encoding.UTF8.GetBytes(line), giveUp).ConfigureAwait(false);
                sent = true;
            }
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested && !sent)
        {
            // Without its end, the line is none.
            Volatile.Write(ref _said, _said - 1);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Stopped, or without a connection, which the listening side tells of.
        }
    }

    /// <summary>Hears what is said by <paramref name="room"/>, the bots of its room, until the connection ends.</summary>
    public async Task ListenAsync(BotRoom room, CancellationToken leave)
    {
        Heard = new DeliveryCheck(room.Bots.Count);
        string last = "";
        try
        {
            await foreach (ServerLine said in _client.ReadSaidAsync(leave).ConfigureAwait(false))
            {
                if (said.Kind == ServerLineKind.Message)
                {
                    Hear(room, said);
                }
                else if (said.Kind == ServerLineKind.Dropped)
                {
                    Heard.SeeDropped(said.Count);
                }
                else if (said.Kind == ServerLineKind.Notice)
                {
                    last = said.Text;
                }
            }

            Failure = last.Length > 0 ? $"{Name}: the server closed the connection: {last}" : $"{Name}: the server closed the connection";
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Failure = $"{Name}: connection lost: {(e.InnerException ?? e).Message}";
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Asked to leave.
        }
    }

    /// <summary>Returns the number of lines said in <paramref name="room"/> so far that have not reached this bot.</summary>
    /// <remarks>After a lost connection only what was missing before it is known to be lost.</remarks>
    public long MissingOf(BotRoom room) => Heard.Missing(Failure is null ? sender => room.Bots[sender].Said : null);

    private void Hear(BotRoom room, in ServerLine said)
    {
        if (room.IndexOf(said.Name) is not { } sender || NumberOf(said.Text, sender, room.Bots[sender]) is not { } number)
        {
            if (said.Time is null)
            {
                // Neither was it said before this bot came.
                Heard.SeeForeign();
            }

            return;
        }

        Heard.See(sender, number);
    }

    /// <summary>Which of the sender's lines this is: the next, if it reads like it; otherwise the nearest that does.</summary>
    private long? NumberOf(string text, int index, Bot sender)
    {
        long next = Heard.NextOf(index);
        for (long number = next; number < Math.Min(sender.Said, next + LookAroundLines); number++)
        {
            if (sender.Reads(text, number))
            {
                return number;
            }
        }

        long? seenBefore = null;
        for (long number = next - 1; number >= Math.Max(0, next - LookAroundLines); number--)
        {
            if (sender.Reads(text, number))
            {
                // A line may be said twice: then this is rather the one that is missing.
                if (Heard.IsMissing(index, number))
                {
                    return number;
                }

                seenBefore ??= number;
            }
        }

        return seenBefore;
    }

    private bool Reads(string text, long number) => text.Equals(_book.Line(_seed, number), StringComparison.Ordinal);
}
