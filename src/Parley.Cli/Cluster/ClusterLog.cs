using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Parley.Cluster.Deciding;
using Parley.Cluster.Links;
using Parley.Cluster.Membership;

namespace Parley.Cli.Cluster;

/// <summary>Writes down what happens to a node of a cluster. Until there is a log, it keeps what there is to write.</summary>
internal sealed partial class ClusterLog : IMembershipMonitor, ILinkMonitor, IClusterMonitor
{
    private readonly ConcurrentQueue<Action<ILogger>> _waiting = new();
    private ILogger? _logger;
    private string _lastFailure = "";
    private int _refused;

    /// <summary>Writes to a log from here on.</summary>
    public void Open(ILogger logger)
    {
        Volatile.Write(ref _logger, logger);
        Flush(logger);
    }

    void IMembershipMonitor.DatabaseFailed(string reason) => Write(logger => DatabaseFailed(logger, reason));

    void IMembershipMonitor.DatabaseRecovered() => Write(DatabaseRecovered);

    void IMembershipMonitor.Expelled(string reason) => Write(logger => Expelled(logger, reason));

    void IClusterMonitor.IsHome(long term) => Write(logger => IsHome(logger, term));

    void IClusterMonitor.Follows(string home, long term)
    {
        _lastFailure = "";
        Write(logger => Follows(logger, home, term));
    }

    void IClusterMonitor.Left(string home, string reason) => Write(logger => Left(logger, home, reason));

    void IClusterMonitor.Failed(string reason)
    {
        // It is tried again many times a second.
        if (!string.Equals(Interlocked.Exchange(ref _lastFailure, reason), reason, StringComparison.Ordinal))
        {
            Write(logger => LinkFailed(logger, reason));
        }
    }

    void ILinkMonitor.Refused(string remote, string reason)
    {
        var count = Interlocked.Increment(ref _refused);
        if ((count & (count - 1)) == 0)
        {
            Write(logger => Refused(logger, remote, reason, count));
        }
    }

    [LoggerMessage(721, LogLevel.Error, "The cluster's database cannot be asked, and what is said waits: {Reason}")]
    private static partial void DatabaseFailed(ILogger logger, string reason);

    [LoggerMessage(722, LogLevel.Information, "The cluster's database answers again")]
    private static partial void DatabaseRecovered(ILogger logger);

    [LoggerMessage(723, LogLevel.Error, "This node takes part in the cluster no more, and ends: {Reason}")]
    private static partial void Expelled(ILogger logger, string reason);

    [LoggerMessage(724, LogLevel.Information, "This node is home, and decides for all, under term {Term}")]
    private static partial void IsHome(ILogger logger, long term);

    [LoggerMessage(725, LogLevel.Information, "Node {Home} is home, and decides for this one, under term {Term}")]
    private static partial void Follows(ILogger logger, string home, long term);

    [LoggerMessage(726, LogLevel.Warning, "Node {Home} is left, and what is said waits for the next home: {Reason}")]
    private static partial void Left(ILogger logger, string home, string reason);

    [LoggerMessage(727, LogLevel.Warning, "{Reason}; it is tried again")]
    private static partial void LinkFailed(ILogger logger, string reason);

    [LoggerMessage(728, LogLevel.Warning, "{Remote} was refused at the door for nodes: it {Reason} ({Count} in all so far; written down ever more seldom)")]
    private static partial void Refused(ILogger logger, string remote, string reason, int count);

    private void Write(Action<ILogger> write)
    {
        _waiting.Enqueue(write);
        if (Volatile.Read(ref _logger) is { } logger)
        {
            Flush(logger);
        }
    }

    private void Flush(ILogger logger)
    {
        while (_waiting.TryDequeue(out var write))
        {
            write(logger);
        }
    }
}
