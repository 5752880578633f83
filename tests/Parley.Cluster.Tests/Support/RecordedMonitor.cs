using System.Collections.Concurrent;
using Parley.Cluster.Links;
using Parley.Cluster.Membership;

namespace Parley.Cluster.Tests.Support;

/// <summary>What a membership was told, in order.</summary>
internal sealed class RecordedMonitor : IMembershipMonitor, ILinkMonitor
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _told = new(0);

    public string[] Lines => [.. _lines];

    public void DatabaseFailed(string reason) => Add("failed: " + reason);

    public void DatabaseRecovered() => Add("recovered");

    public void Expelled(string reason) => Add("expelled: " + reason);

    public void Refused(string remote, string reason) => Add("refused: " + reason);

    public async Task<string> NextAsync()
    {
        Assert.True(await _told.WaitAsync(Parley.TestKit.Safety.Timeout));
        return Lines[^1];
    }

    private void Add(string line)
    {
        _lines.Enqueue(line);
        _told.Release();
    }
}
