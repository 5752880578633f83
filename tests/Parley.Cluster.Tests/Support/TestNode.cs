using System.Net;
using Parley.Cluster.Deciding;
using Parley.Cluster.Links;
using Parley.Cluster.Membership;
using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Specification;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Cluster.Tests.Support;

/// <summary>A whole node of a cluster, but for its protocols: membership, links over TLS, and the broker that its sessions ask.</summary>
internal sealed class TestNode : ILinkMonitor, IClusterMonitor, IRecordingMonitor, IAsyncDisposable
{
    private TestNode(ClusterMembership membership, NodeListener listener, LinkCertificate certificate, ClusterOptions options, IRoomRegistry registry, TimeSpan patience)
    {
        Membership = membership;
        var parts = new HomeParts
        {
            Patience = patience,
            OpenHistory = term => PostgreSqlHistoryStore.Open(options.Database, new WriteFence(term)),
            OpenRooms = _ => registry,
            CreateBroker = (history, rooms) => new LocalBroker(
                TimeProvider.System, new BrokerOptions(), history: new Recording(history, new RecordingOptions(), this), registry: rooms),
        };
        Broker = new ClusterBroker(
            membership, listener, new NodeConnector(certificate, new LinkOptions(), TimeProvider.System), parts, this, flushes: null, TimeProvider.System);
        Broker.Start();
    }

    public ClusterMembership Membership { get; }

    public ClusterBroker Broker { get; }

    /// <summary>Starts a node.</summary>
    public static async Task<TestNode> StartAsync(TestCluster cluster, string name, IRoomRegistry registry, TimeSpan? patience = null)
    {
        var certificate = LinkCertificate.Create(TimeProvider.System);
        var monitor = new Refusals();
        var listener = NodeListener.Bind(new IPEndPoint(IPAddress.Loopback, 0), certificate, new LinkOptions(), monitor, TimeProvider.System);
        var facts = new NodeFacts(name, listener.EndPoint.ToString(), certificate.Digest, "0.1.0", 1, 1);
        return new TestNode(await cluster.StartAsync(facts), listener, certificate, cluster.Options, registry, patience ?? TimeSpan.FromSeconds(3));
    }

    /// <summary>Brings somebody in at this node.</summary>
    public async Task<TestSession> SignInAsync(string name, params string[] rooms)
    {
        var session = new TestSession(Broker);
        await session.MustSignInAsync(name);
        foreach (var room in rooms)
        {
            await session.MustJoinAsync(room);
        }

        return session;
    }

    /// <summary>Ends as a process that is killed: nobody is told anything.</summary>
    public async Task KillAsync()
    {
        await Membership.EndAsync(isLeaving: false);
        await Broker.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Membership.DisposeAsync();
    }

    void ILinkMonitor.Refused(string remote, string reason)
    {
    }

    void IClusterMonitor.IsHome(long term)
    {
    }

    void IClusterMonitor.Follows(string home, long term)
    {
    }

    void IClusterMonitor.Left(string home, string reason)
    {
    }

    void IClusterMonitor.Failed(string reason) => TestContext.Current.TestOutputHelper?.WriteLine(reason);

    void IRecordingMonitor.Kept(int messages, TimeSpan took)
    {
    }

    void IRecordingMonitor.Failed(HistoryException cause)
    {
    }

    void IRecordingMonitor.Recovered()
    {
    }

    void IRecordingMonitor.TidyFailed(HistoryException cause)
    {
    }

    void IRecordingMonitor.ClockAhead(TimeSpan by)
    {
    }

    void IRecordingMonitor.TimesAhead(RoomName room, TimeSpan by)
    {
    }

    void IRecordingMonitor.Rejected(HistoryException cause)
    {
    }

    void IRecordingMonitor.Lost(long messages)
    {
    }

    private sealed class Refusals : ILinkMonitor
    {
        public void Refused(string remote, string reason)
        {
        }
    }
}
