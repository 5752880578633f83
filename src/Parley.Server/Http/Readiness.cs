using Parley.Core.History;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.History;
using Parley.Server.Options;

namespace Parley.Server.Http;

/// <summary>True if new users had better come here, and why not.</summary>
/// <remarks>
/// A server whose accounts cannot be used is ready, too: guests talk, and whoever is logged in already.
/// A server whose history fails is ready as long as people can talk, which <see cref="HistoryFailurePolicy.Deliver"/> is for:
/// to send them away would cost more than what is not kept.
/// </remarks>
internal sealed class Readiness(ShutdownSequence shutdown, ServerDrain drain, ParleyOptions options, AccountHealth accounts, RecordingMonitor? history = null)
{
    /// <summary>True if new users may be sent here.</summary>
    public bool IsReady => !shutdown.Stopping.IsCancellationRequested && !drain.IsDraining && !(IsRefusing && history?.Failure is not null);

    /// <summary>State of the server in one line.</summary>
    public string Words => (shutdown.Stopping.IsCancellationRequested, history?.Failure) switch
    {
        (true, _) => "stopping",
        _ when drain.IsDraining => "draining",
        (_, null) => accounts.Failure is { } why ? $"ready, but accounts cannot be used: {why}" : "ready",
        (_, { } reason) => IsRefusing
            ? $"messages are refused, as history cannot be kept: {reason}"
            : $"ready, but history is not kept: {reason}",
    };

    private bool IsRefusing => options.HistoryFailure == HistoryFailurePolicy.Refuse;
}
