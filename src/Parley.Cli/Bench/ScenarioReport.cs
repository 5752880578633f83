using System.Globalization;
using Parley.Cli.Load;

namespace Parley.Cli.Bench;

/// <summary>The scenario, in a report.</summary>
internal sealed record ScenarioReport
{
    public required string Server { get; init; }

    /// <summary>Protocol of the run, such as <c>irc over TLS</c>; null for lines in plain text, as in reports from before there was a choice.</summary>
    public string? Protocol { get; init; }

    public int Clients { get; init; }

    public int Rooms { get; init; }

    public int Senders { get; init; }

    public int SizeBytes { get; init; }

    /// <summary>Open loop; 0: closed loop.</summary>
    public int RatePerSecond { get; init; }

    /// <summary>Closed loop.</summary>
    public int Window { get; init; }

    public double RampSeconds { get; init; }

    public double WarmUpSeconds { get; init; }

    public double DurationSeconds { get; init; }

    public static ScenarioReport Of(BenchOptions options) => new()
    {
        Server = options.Server.Address.ToString(),
        Protocol = options.Server.Way == "lines" ? null : options.Server.Way,
        Clients = options.Clients,
        Rooms = options.Rooms,
        Senders = options.Senders,
        SizeBytes = options.SizeBytes,
        RatePerSecond = options.RatePerSecond,
        Window = options.IsOpenLoop ? 0 : options.Window,
        RampSeconds = options.Ramp.TotalSeconds,
        WarmUpSeconds = options.WarmUp.TotalSeconds,
        DurationSeconds = options.Duration.TotalSeconds,
    };

    /// <summary>In one line, without the server and the times.</summary>
    public override string ToString()
    {
        string loop = RatePerSecond > 0
            ? $"open loop at {Amount.Of(RatePerSecond, "message")}/s"
            : $"closed loop, {Amount.Count(Window)} under way each";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Amount.Of(Clients, "client")} in {Amount.Of(Rooms, "room")}, {Amount.Of(Senders, "sender")}, {SizeBytes} bytes, {loop}{(Protocol is null ? "" : $", {Protocol}")}");
    }
}
