using System.Buffers;
using System.Threading.Channels;
using Parley.Core.Broker.Homes;
using Parley.Core.Mirror;
using Parley.Core.Nodes;
using Parley.Core.Nodes.Wire;
using Parley.Specification;

namespace Parley.Core.Tests.Fixtures;

/// <summary>The way between a home and a node: as bytes, each taken when the other side comes to it; or at once, for a home that keeps nothing.</summary>
internal sealed class MirrorLink
{
    private readonly Channel<NodeRequest> _up = Channel.CreateUnbounded<NodeRequest>();
    private readonly Channel<NodeEvent> _down = Channel.CreateUnbounded<NodeEvent>();
    private readonly Home _home;
    private readonly MirrorBroker _mirror;
    private readonly HomeNode _node;
    private readonly List<MirrorLink?>? _inline;
    private volatile bool _isCut;
    private volatile bool _isDeaf;

    /// <summary>A link.</summary>
    /// <param name="home">The home.</param>
    /// <param name="mirror">The node.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="inline">The links that are all looked after when something was sent on one of them; null if each looks after itself.</param>
    public MirrorLink(Home home, MirrorBroker mirror, long generation, List<MirrorLink?>? inline)
    {
        (_home, _mirror, _inline) = (home, mirror, inline);
        _node = home.Connect(generation, what => _down.Writer.TryWrite(what));
    }

    /// <summary>Has the node greet the home.</summary>
    public void Open()
    {
        if (_inline is null)
        {
            _ = PumpAsync(_up.Reader, request =>
            {
                _home.Receive(_node, NodeFrame.ReadRequest(Bytes(output => NodeFrame.Write(request, output))));
                return default;
            });
            _ = PumpAsync(
                _down.Reader,
                what => _isDeaf ? default : _mirror.TakeAsync(NodeFrame.ReadEvent(Bytes(output => NodeFrame.Write(what, output)), _mirror.AnswerTypeOf)));
        }

        _mirror.Greet(request =>
        {
            if (_inline is null)
            {
                _up.Writer.TryWrite(request);
                return;
            }

            _home.Receive(_node, request);
            if (request is not Hello)
            {
                DrainAll();
            }
        });
        if (_inline is null)
        {
            return;
        }

        // It is taken in on another thread of the pool, which has to know that this one waits: whoever spins here keeps the pool from having one more.
#pragma warning disable VSTHRD002 // A fixture begins in a constructor.
        Assert.True(_down.Reader.WaitToReadAsync().AsTask().Wait(TestSession.Patience));
#pragma warning restore VSTHRD002
        DrainAll();
    }

    /// <summary>Nothing more gets through.</summary>
    public void Cut() => _isCut = true;

    /// <summary>The node is told nothing any more; what it asks for still gets to the home.</summary>
    public void Deafen() => _isDeaf = true;

    private void DrainAll()
    {
        foreach (var link in _inline!)
        {
            link?.Drain();
        }
    }

    private void Drain()
    {
        while (_down.Reader.TryRead(out var what))
        {
            Assert.True(_mirror.TakeAsync(what).AsTask().IsCompletedSuccessfully);
        }
    }

    private static ReadOnlySpan<byte> Bytes(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan;
    }

    private async Task PumpAsync<T>(ChannelReader<T> reader, Func<T, ValueTask> take)
    {
        await foreach (var item in reader.ReadAllAsync())
        {
            if (_isCut)
            {
                return;
            }

            await take(item);
        }
    }
}
