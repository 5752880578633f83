using Microsoft.Extensions.Hosting;
using Parley.Server.Nodes;

namespace Parley.Server.Connections;

/// <summary>Tells people whose words wait, while nobody can decide for the cluster, that they do; once an outage.</summary>
internal sealed class OutageNotices(OpenSessions sessions, TimeProvider time, IServerNodes? nodes = null) : BackgroundService
{
    /// <summary>Words for people.</summary>
    public const string Words = "The server waits for its database or for another server: what you say is kept in turn, and none of it is lost";

    /// <summary>Interval at which it is looked who waits.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (nodes is null)
        {
            return;
        }

        var told = new HashSet<ILineSession>();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!nodes.IsStalled)
            {
                told.Clear();
                continue;
            }

            foreach (var session in sessions.Waiting().Where(told.Add))
            {
                session.NotifyDelayed(Words);
            }
        }
    }
}
