using Microsoft.Extensions.Logging;
using Parley.Server.Options;

namespace Parley.Server.Connections;

/// <summary>Sends the people of this server to others: nobody new comes in, and sessions are told to come back, some each second. The server runs on.</summary>
internal sealed class ServerDrain(OpenSessions sessions, ParleyOptions options, TimeProvider time, ILogger<ServerDrain> logger)
{
    /// <summary>Words for those who are sent away, and for those who come.</summary>
    public const string Words = "This server is taken out of service: connect again, and another takes you";

    /// <summary>Words for those who shared rooms with them.</summary>
    public const string PublicWords = "Moving to another server";

    /// <summary>Time in which a proxy notices that the server is not ready, before anybody is told to come back through it.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private volatile Task? _run;

    /// <summary>True from the beginning on: the server is of no use to new people.</summary>
    public bool IsDraining => _run is not null;

    /// <summary>Begins, unless it has begun; completes when nobody is left.</summary>
    /// <param name="cancellationToken">Gives up waiting; the drain goes on, as nobody is let in any more.</param>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return (_run ??= DrainAsync()).WaitAsync(cancellationToken);
        }
    }

    private async Task DrainAsync()
    {
        // Not under the gate, and not before it is known that it has begun.
        await Task.Yield();
        Log.Draining(logger, sessions.Count);
        await Task.Delay(Notice, time);
        while (true)
        {
            var left = sessions.All().Where(each => each.Session.CloseReason is null).Take(options.DrainRate).ToList();
            foreach (var (session, _) in left)
            {
                session.Close(Words, PublicWords);
            }

            if (left.Count == 0 && sessions.Count == 0)
            {
                Log.DrainDone(logger);
                return;
            }

            await Task.Delay(Step, time);
        }
    }
}
