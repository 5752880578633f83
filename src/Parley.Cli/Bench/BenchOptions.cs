using Parley.Cli.Load;

namespace Parley.Cli.Bench;

/// <summary>The scenario that <c>parley bench</c> was asked to run.</summary>
internal sealed record BenchOptions
{
    /// <summary>Smallest size of a message's text, in bytes: room for the tag, sender, number and time, each at its largest.</summary>
    public const int MinSizeBytes = 40;

    public required LoadServer Server { get; init; }

    public int Clients { get; init; } = 100;

    /// <summary>Number of rooms, over which the clients are spread evenly.</summary>
    public int Rooms { get; init; } = 1;

    /// <summary>Number of clients that send, spread evenly over the rooms; all clients receive.</summary>
    public int Senders { get; init; } = 10;

    /// <summary>Bytes of a message's text, its line end not counted.</summary>
    public int SizeBytes { get; init; } = 64;

    /// <summary>Open loop: messages a second, of all senders together. 0: closed loop.</summary>
    public int RatePerSecond { get; init; }

    /// <summary>Closed loop: how many messages of a sender may be under way, until it sees its own.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Over which the load grows to its full size.</summary>
    public TimeSpan Ramp { get; init; }

    /// <summary>After the ramp: not measured.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>After the warm-up: measured.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Time without an arrival at the end of the run after which missing messages count as lost.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Prefix of the rooms' names.</summary>
    public string RoomPrefix { get; init; } = "bench";

    public bool IsOpenLoop => RatePerSecond > 0;

    /// <summary>When measuring begins.</summary>
    public TimeSpan MeasureFrom => Ramp + WarmUp;

    /// <summary>When it ends, and with it all sending.</summary>
    public TimeSpan MeasureTo => MeasureFrom + Duration;

    public string RoomOf(int client) => FormattableString.Invariant($"{RoomPrefix}-{client % Rooms + 1}");

    /// <summary>Why no such scenario can be run, with what to do; null if it can.</summary>
    /// <param name="isWindowGiven">Whether a window was asked for.</param>
    public string? Error(bool isWindowGiven)
    {
        if (IsOpenLoop && isWindowGiven)
        {
            return "--rate is an open loop and --window a closed one: give one of them";
        }

        if (Rooms > Clients)
        {
            return $"{Amount.Of(Rooms, "room")} for {Amount.Of(Clients, "client")}: give at most as many --rooms as --clients";
        }

        if (Senders > Clients)
        {
            return $"{Amount.Of(Senders, "sender")} of {Amount.Of(Clients, "client")}: give at most as many --senders as --clients";
        }

        string room = RoomOf(Rooms - 1);
        return LoadOption.IsRoomName(room) ? null : $"A room would be called {room}, which is too long: give a shorter --room";
    }
}
