namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Measures the round trip of a line to the server by a reply that must come: the user's own message, or the answer to a question.</summary>
/// <remarks>
/// The lines protocol has no ping. But whoever says something sees it again in the room's order, and that is just what
/// people feel as latency. In between, the answer to <c>/users</c> serves.
/// </remarks>
internal sealed class EchoMeter(TimeProvider time)
{
    // A server that changes what is said never echoes it as sent: such lines must not pile up.
    private const int MaxAwaited = 64;

    private readonly List<(string Echo, long SentAt)> _awaited = [];

    /// <summary>The last round trip; null before the first.</summary>
    public TimeSpan? Latency { get; private set; }

    /// <summary>When something came back last, as a timestamp of the clock; the start of the meter before that.</summary>
    public long LastEcho { get; private set; } = time.GetTimestamp();

    /// <summary>A line was sent that will come back as <paramref name="echo"/>.</summary>
    public void Sent(string echo)
    {
        if (_awaited.Count == MaxAwaited)
        {
            _awaited.RemoveAt(0);
        }

        _awaited.Add((echo, time.GetTimestamp()));
    }

    /// <summary>Something came that may be awaited.</summary>
    public void Came(string echo)
    {
        int index = _awaited.FindIndex(each => each.Echo == echo);
        if (index >= 0)
        {
            Latency = time.GetElapsedTime(_awaited[index].SentAt);
            LastEcho = time.GetTimestamp();
            // Echoes come in the order of sending: what was sent before and has not come back, never will.
            _awaited.RemoveRange(0, index + 1);
        }
    }

    /// <summary>The connection is lost. The result is what was sent and did not come back.</summary>
    public IReadOnlyList<string> Lose()
    {
        string[] lost = [.. _awaited.Select(each => each.Echo)];
        _awaited.Clear();
        Latency = null;
        LastEcho = time.GetTimestamp();
        return lost;
    }
}
