using System.Buffers;
using Parley.Cluster.Links;
using Parley.Core.Broker;
using Parley.Core.Broker.Homes;
using Parley.Core.Nodes;
using Parley.Core.Nodes.Wire;
using Parley.Core.Rooms;

namespace Parley.Cluster.Deciding;

/// <summary>The home, at this node, for one term: decides for all nodes, and keeps what it has decided under its term.</summary>
internal sealed class HomeSeat : IAsyncDisposable
{
    private readonly HomeHistory _history;
    private readonly IRoomRegistry _rooms;
    private readonly LocalBroker _broker;
    private readonly Home _home;
    private volatile bool _isLeaving;

    /// <summary>Takes the place of home.</summary>
    /// <param name="term">The term.</param>
    /// <param name="expected">Generations of the nodes that it waits for.</param>
    /// <param name="parts">What it is made of.</param>
    /// <param name="time">The clock.</param>
    public HomeSeat(long term, IEnumerable<long> expected, HomeParts parts, TimeProvider time)
    {
        Term = term;
        _history = new HomeHistory(parts.OpenHistory(term), Drop, time);
        _rooms = parts.OpenRooms(term);
        _broker = parts.CreateBroker(_history, _rooms);
        _home = new Home(_broker, expected, parts.Patience, time);
    }

    /// <summary>The term.</summary>
    public long Term { get; }

    /// <summary>Takes a node in over a link.</summary>
    public IFrameReader Accept(NodeLink link)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        var events = new FramePump<NodeEvent>(what =>
        {
            output.ResetWrittenCount();
            NodeFrame.Write(what, output);
            link.Send(output.WrittenSpan);
            return default;
        });
        var node = _home.Connect(link.Peer.Generation, events.Add);
        var requests = new FramePump<NodeRequest>(request =>
        {
            Receive(node, request);
            return default;
        });
        _ = EndAsync(link, node, events, requests);
        return new RequestReader(requests);
    }

    /// <summary>Takes in the node that this home is at.</summary>
    /// <param name="generation">Number of the node in the membership.</param>
    /// <param name="take">Takes what the node is told.</param>
    /// <returns>Takes what the node asks for; completes when that, or what it is told, cannot be taken any more; ends it.</returns>
    public (Action<NodeRequest> Send, Task Ended, Func<Task> EndAsync) Accept(long generation, Func<NodeEvent, ValueTask> take)
    {
        var events = new FramePump<NodeEvent>(take);
        var node = _home.Connect(generation, events.Add);
        var requests = new FramePump<NodeRequest>(request =>
        {
            Receive(node, request);
            return default;
        });
        return (requests.Add, Task.WhenAny(events.Ended, requests.Ended).Unwrap(), EndAsync);

        async Task EndAsync()
        {
            node.Silence();
            requests.Complete();
            events.Complete();
            await events.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>True if a node has come, whether or not its link still holds.</summary>
    public bool Knows(long generation) => _home.Knows(generation);

    /// <summary>True if there is a link to a node.</summary>
    public bool Reaches(long generation) => _home.Reaches(generation);

    /// <summary>Tells nodes how far it has come, so that another home need not look back further.</summary>
    public void TellProgress() => _home.TellProgress();

    /// <summary>A node takes part no more: its people quit.</summary>
    public Task ForgetAsync(long generation) => _home.ForgetAsync(generation);

    /// <summary>Tells nobody anything any more: the term is over, or the process is about to end.</summary>
    public void Drop()
    {
        _isLeaving = true;
        _home.Dispose();
        _history.End();
    }

    /// <summary>Takes no more requests, which the next home is sent again, and has everything kept and told that was decided.</summary>
    public async Task HandOverAsync()
    {
        _isLeaving = true;
        await _broker.StopAsync();
    }

    /// <summary>Lets go of what it has.</summary>
    public async ValueTask DisposeAsync()
    {
        Drop();
        await _broker.DisposeAsync();
        await _history.DisposeAsync();
        _rooms.Dispose();
    }

    private void Receive(HomeNode node, NodeRequest request)
    {
        // What is not taken here waits at its node for the next home.
        if (!_isLeaving)
        {
            _home.Receive(node, request);
        }
    }

    private async Task EndAsync(NodeLink link, HomeNode node, FramePump<NodeEvent> events, FramePump<NodeRequest> requests)
    {
        // What cannot be sent or taken ends the link: the node comes again, with all that it knows.
        await Task.WhenAny(link.Closed, events.Ended, requests.Ended);
        link.Close("what goes over it cannot be taken");
        _home.Lose(node);
        requests.Complete();
        events.Complete();
    }

    private sealed class RequestReader(FramePump<NodeRequest> requests) : IFrameReader
    {
        public void Received(ReadOnlySequence<byte> frame)
            => requests.Add(NodeFrame.ReadRequest(frame.IsSingleSegment ? frame.FirstSpan : frame.ToArray()));
    }
}
