using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Server.Hosting;
using Parley.TestKit;

namespace Parley.Server.Tests.Hosting;

public sealed class PacedListenerTests
{
    private readonly PacedListener _listener = new(new Crowd());

    [Fact]
    public async Task Nobody_is_accepted_while_too_many_are_neither_let_in_nor_gone()
    {
        var arrived = await FillAsync();

        var next = _listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(next.IsCompleted);

        var letIn = 0;
        await PacedListener.LetIn(_ =>
        {
            letIn++;
            return Task.CompletedTask;
        })(arrived[0]);
        Assert.NotNull(await next.WithinSafetyAsync());
        Assert.Equal(1, letIn);
    }

    [Fact]
    public async Task Who_is_refused_makes_room_once()
    {
        var arrived = await FillAsync();
        var next = _listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();
        var afterNext = _listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();

        arrived[0].Abort();
        await PacedListener.LetIn(_ => Task.CompletedTask)(arrived[0]);

        Assert.NotNull(await next.WithinSafetyAsync());
        Assert.False(afterNext.IsCompleted);
        arrived[1].Abort();
        Assert.NotNull(await afterNext.WithinSafetyAsync());
    }

    [Fact]
    public async Task A_listener_that_is_unbound_waits_for_nobody()
    {
        await FillAsync();
        var next = _listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();

        await _listener.UnbindAsync(TestContext.Current.CancellationToken);

        Assert.Null(await next.WithinSafetyAsync());
    }

    private async Task<List<ConnectionContext>> FillAsync()
    {
        var arrived = new List<ConnectionContext>();
        while (arrived.Count < PacedListener.MaxArriving)
        {
            arrived.Add(Assert.IsType<Visitor>(await _listener.AcceptAsync(TestContext.Current.CancellationToken)));
        }

        return arrived;
    }

    /// <summary>There is always somebody who wants to come in.</summary>
    private sealed class Crowd : IConnectionListener
    {
        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 80);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(new Visitor());

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => default;

        public ValueTask DisposeAsync() => default;
    }

    private sealed class Visitor : DefaultConnectionContext
    {
        private readonly CancellationTokenSource _closed = new();

        public Visitor() => ConnectionClosed = _closed.Token;

        public override void Abort(ConnectionAbortedException abortReason) => _closed.Cancel();
    }
}
