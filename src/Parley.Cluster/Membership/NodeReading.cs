namespace Parley.Cluster.Membership;

/// <summary>Reads the table of nodes for certificates that nobody knows yet; however many ask, it is read ten times a second at most.</summary>
internal sealed class NodeReading(ClusterOptions options, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Task<List<(ClusterNode Node, TimeSpan Age, int Sessions)>>? _last;
    private long _startedAt;

    /// <summary>The living node with a certificate; null if there is none, or the database cannot be asked.</summary>
    public async ValueTask<ClusterNode?> FindAsync(CertificateDigest certificate, CancellationToken cancellationToken)
    {
        Task<List<(ClusterNode Node, TimeSpan Age, int Sessions)>> reading;
        lock (_gate)
        {
            if (_last is null || (_last.IsCompleted && time.GetElapsedTime(_startedAt) >= Interval))
            {
                _startedAt = time.GetTimestamp();
                _last = Task.Run(ReadAsync, CancellationToken.None);
            }

            reading = _last;
        }

        return (await reading.WaitAsync(cancellationToken)).Find(each => each.Node.Certificate == certificate).Node;
    }

    private async Task<List<(ClusterNode Node, TimeSpan Age, int Sessions)>> ReadAsync()
    {
        try
        {
            await using var connection = await MembershipConnection.OpenAsync(options, CancellationToken.None);
            return await new NodeTable(connection, options).ReadAsync(CancellationToken.None);
        }
        catch (Exception e) when (MembershipConnection.IsFailure(e))
        {
            return [];
        }
    }
}
