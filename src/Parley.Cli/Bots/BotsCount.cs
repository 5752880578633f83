namespace Parley.Cli.Bots;

/// <summary>Traffic that a number of bots have sent and received.</summary>
internal readonly record struct BotsCount
{
    public int Bots { get; init; }

    /// <summary>Messages said.</summary>
    public long Sent { get; init; }

    /// <summary>All that went out over their connections, commands included.</summary>
    public long BytesSent { get; init; }

    /// <summary>Messages of bots that came, once for each bot to which they came.</summary>
    public long Received { get; init; }

    /// <summary>Messages that should have come: all that was said, to each who was in the room.</summary>
    public long Expected { get; init; }

    /// <summary>All that came in over their connections, greetings and what others say included.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Messages that have not come; while the bots talk, these may be under way.</summary>
    public long Missing { get; init; }

    public long Reordered { get; init; }

    public long Duplicated { get; init; }

    /// <summary>Messages that the server said it left out for a bot that read too slowly.</summary>
    public long ToldDropped { get; init; }

    /// <summary>Messages of others in the rooms.</summary>
    public long Foreign { get; init; }

    public static BotsCount operator +(BotsCount a, BotsCount b) => new()
    {
        Bots = a.Bots + b.Bots,
        Sent = a.Sent + b.Sent,
        BytesSent = a.BytesSent + b.BytesSent,
        Received = a.Received + b.Received,
        Expected = a.Expected + b.Expected,
        BytesReceived = a.BytesReceived + b.BytesReceived,
        Missing = a.Missing + b.Missing,
        Reordered = a.Reordered + b.Reordered,
        Duplicated = a.Duplicated + b.Duplicated,
        ToldDropped = a.ToldDropped + b.ToldDropped,
        Foreign = a.Foreign + b.Foreign,
    };
}
