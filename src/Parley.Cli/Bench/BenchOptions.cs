using Parley.Cli.Chat;
using Parley.Cli.Load;

namespace Parley.Cli.Bench;

/// <summary>The scenario that <c>parley bench</c> was asked to run.</summary>
internal sealed record BenchOptions
{
    /// <summary>What every message needs: the tag, who, which, and when, with room for the largest of each.</summary>
    public const int MinSizeBytes = 40;

    public required ServerAddress Server { get; init; }

    public int Clients { get; init; } = 100;

    /// <summary>How many rooms they are in, evenly.</summary>
    public int Rooms { get; init; } = 1;

    /// <summary>How many of them talk, evenly over the rooms; all listen.</summary>
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

    /// <summary>How long nothing may come at the end before what is missing counts as lost.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>What the names of the rooms begin with.</summary>
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
            return $"{Rooms} rooms for {Clients} clients: give at most as many --rooms as --clients";
        }

        if (Senders > Clients)
        {
            return $"{Senders} senders of {Clients} clients: give at most as many --senders as --clients";
        }

        string room = RoomOf(Rooms - 1);
        return LoadOption.IsRoomName(room) ? null : $"A room would be called {room}, which is too long: give a shorter --room";
    }
}
