using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Specification;

namespace Parley.Core.Tests.Fixtures;

/// <summary>Nodes whose homes may die, each of which keeps what is said in the same store.</summary>
internal sealed class FailingCluster : IAsyncDisposable
{
    private readonly List<LocalBroker> _homes = [];
    private readonly IMailboxes? _mailboxes;

    public FailingCluster(int nodes, IMailboxes? mailboxes = null)
    {
        _mailboxes = mailboxes;
        Nodes = new MirroredBroker(NewHome(), nodes);
    }

    public HookedStore Store { get; } = new();

    public MirroredBroker Nodes { get; }

    /// <summary>A broker that can be home.</summary>
    public LocalBroker NewHome()
    {
        var history = new Recording(Store, new RecordingOptions { KeepsEvents = true }, new CountingMonitor());
        var broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), history: history, mailboxes: _mailboxes);
        _homes.Add(broker);
        return broker;
    }

    /// <summary>The home dies, and another one is taken.</summary>
    public async Task FailOverAsync(params int[] dead)
    {
        Nodes.Kill();
        await Nodes.MoveTo(NewHome(), dead);
    }

    /// <summary>A user at a node; of an account, if it has one.</summary>
    public async Task<TestSession> SignInAsync(int node, string name, string? account = null)
    {
        var session = new TestSession(Nodes.Nodes[node]);
        if (account is null)
        {
            await session.MustSignInAsync(name);
        }
        else
        {
            Assert.Equal(Verdict.Accepted, await session.SignInAsync(name, new() { Login = TestSession.Login(account) }));
        }

        return session;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var home in _homes)
        {
            await home.DisposeAsync();
        }
    }
}
