using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Parley.Core.Broker;
using Parley.Core.Broker.Home;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Mirror;
using Parley.Core.Nodes;
using Parley.Core.Nodes.Wire;
using Parley.Core.Queries;

namespace Parley.Core.Tests.Fixtures;

/// <summary>A broker at home, and nodes that mirror it: sessions are spread over the nodes in turn, and all that crosses does so as bytes.</summary>
internal sealed class MirroredBroker : IBroker
{
    private const long IdsPerNode = 1_000_000;

    private readonly LocalBroker _home;
    private readonly List<MirrorBroker> _nodes = [];
    private readonly Queue<(int Node, NodeEvent What)> _inline = new();
    private int _next = -1;

    /// <summary>Nodes around a home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="flushes">Flushes the rooms of the nodes.</param>
    /// <param name="isInline">Whether nodes take what comes of a request before that returns, instead of when they come to it; for a home that keeps nothing.</param>
    public MirroredBroker(LocalBroker home, int nodes, PipeScheduler? flushes = null, bool isInline = false)
    {
        _home = home;
        for (var i = 0; i < nodes; i++)
        {
            _nodes.Add(isInline ? CreateInline(i, flushes) : Create(i, flushes));
        }
    }

    public bool KeepsHistory => _home.KeepsHistory;

    public SessionId Attach(Session session)
        => session.Id != default ? NodeOf(session.Id).Attach(session) : _nodes[(int)((uint)Interlocked.Increment(ref _next) % _nodes.Count)].Attach(session);

    public ValueTask DetachAsync(SessionId who, string reason = "") => NodeOf(who).DetachAsync(who, reason);

    public ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default)
        => NodeOf(who).AskAsync(who, what, cancellationToken);

    public ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default)
        => NodeOf(who).LookAsync(who, what, cancellationToken);

    public async ValueTask StopAsync()
    {
        await StopNodesAsync();
        await _home.StopAsync();

        // What the last of them has accepted, the others have too.
        await StopNodesAsync();
    }

    private async Task StopNodesAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync();
        }
    }

    private MirrorBroker Create(int number, PipeScheduler? flushes)
    {
        var up = Channel.CreateUnbounded<NodeRequest>();
        var down = Channel.CreateUnbounded<NodeEvent>();
        var mirror = NewMirror(number, request => up.Writer.TryWrite(request), flushes);
        var node = new HomeNode(_home, what => down.Writer.TryWrite(what));
        _ = PumpAsync(up.Reader, request =>
        {
            node.Receive(NodeFrame.ReadRequest(Bytes(output => NodeFrame.Write(request, output))));
            return default;
        });
        _ = PumpAsync(
            down.Reader, what => mirror.TakeAsync(NodeFrame.ReadEvent(Bytes(output => NodeFrame.Write(what, output)), mirror.AnswerTypeOf)));
        return mirror;
    }

    private MirrorBroker CreateInline(int number, PipeScheduler? flushes)
    {
        var node = new HomeNode(_home, what => _inline.Enqueue((number, what)));
        return NewMirror(
            number,
            request =>
            {
                node.Receive(request);
                while (_inline.TryDequeue(out var next))
                {
                    Assert.True(_nodes[next.Node].TakeAsync(next.What).IsCompletedSuccessfully);
                }
            },
            flushes);
    }

    private MirrorBroker NewMirror(int number, Action<NodeRequest> send, PipeScheduler? flushes)
        => new(send, flushes ?? PipeScheduler.ThreadPool, _home.KeepsHistory, (number * IdsPerNode) + 1);

    private MirrorBroker NodeOf(SessionId who) => who.Value > 0 ? _nodes[(int)((who.Value - 1) / IdsPerNode)] : _nodes[0];

    private static ReadOnlySpan<byte> Bytes(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan;
    }

    private static async Task PumpAsync<T>(ChannelReader<T> reader, Func<T, ValueTask> take)
    {
        await foreach (var item in reader.ReadAllAsync())
        {
            await take(item);
        }
    }
}
