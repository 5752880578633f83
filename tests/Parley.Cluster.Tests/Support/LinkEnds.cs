using System.Collections.Concurrent;
using System.Net;
using Parley.Cluster.Links;
using Parley.Cluster.Membership;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Support;

/// <summary>A node with a listener, and another that links to it.</summary>
internal sealed class LinkEnds : INodeDirectory, ILinkMonitor, IAsyncDisposable
{
    private readonly ConcurrentDictionary<CertificateDigest, ClusterNode> _nodes = new();
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly SemaphoreSlim _hasRefused = new(0);
    private readonly TaskCompletionSource<NodeLink> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LinkOptions _options;
    private readonly TimeProvider _time;

    public LinkEnds(LinkOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new LinkOptions();
        _time = time ?? TimeProvider.System;
        Listener = NodeListener.Bind(new IPEndPoint(IPAddress.Loopback, 0), HomeCertificate, _options, this, _time);
        Home = Node(1, "home", HomeCertificate.Digest) with { Address = Listener.EndPoint.ToString() };
        Guest = Node(2, "guest", GuestCertificate.Digest);
        _nodes[Home.Certificate] = Home;
        _nodes[Guest.Certificate] = Guest;
        Listener.Start(this, link =>
        {
            _accepted.TrySetResult(link);
            return AtHome;
        });
    }

    public NodeListener Listener { get; }

    public ClusterNode Home { get; }

    public ClusterNode Guest { get; }

    public LinkCertificate HomeCertificate { get; } = LinkCertificate.Create(TimeProvider.System);

    public LinkCertificate GuestCertificate { get; } = LinkCertificate.Create(TimeProvider.System);

    public ReceivedFrames AtHome { get; } = new();

    public ReceivedFrames AtGuest { get; } = new();

    /// <summary>The link at home, as soon as it is there.</summary>
    public Task<NodeLink> AcceptedAsync => _accepted.Task.WithinSafetyAsync();

    public static ClusterNode Node(long generation, string name, CertificateDigest certificate)
        => new(generation, name, "", certificate, "0.1.0", 1, 1, "", NodeState.Active);

    public Task<NodeLink> ConnectAsync(LinkCertificate? certificate = null, ClusterNode? to = null)
        => new NodeConnector(certificate ?? GuestCertificate, _options, _time).ConnectAsync(to ?? Home, _ => AtGuest, TestContext.Current.CancellationToken);

    public ValueTask<ClusterNode?> FindAsync(CertificateDigest certificate, CancellationToken cancellationToken = default)
        => new(_nodes.GetValueOrDefault(certificate));

    public void Refused(string remote, string reason)
    {
        _refused.Enqueue(reason);
        _hasRefused.Release();
    }

    public async Task<string> NextRefusalAsync()
    {
        Assert.True(await _hasRefused.WaitAsync(Safety.Timeout, TestContext.Current.CancellationToken));
        Assert.True(_refused.TryDequeue(out var reason));
        return reason;
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        if (_accepted.Task.IsCompletedSuccessfully)
        {
            await (await _accepted.Task).DisposeAsync();
        }

        HomeCertificate.Dispose();
        GuestCertificate.Dispose();
        _hasRefused.Dispose();
    }
}
