using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Parley.Core.Delivery;

namespace Parley.Server.Transport.Loop;

/// <summary>A connection whose socket is watched by a loop: reads on the loop's thread, sends on whichever thread has something to send.</summary>
/// <remarks>
/// The descriptor MUST NOT be used once the socket is closed, as the next connection may be given the same number: the
/// outbox has ended, and the reader is not waiting, before the connection is disposed of.
/// </remarks>
internal sealed class LoopConnection : ConnectionContext, IDuplexPipe, IOutboxTransport, IConnectionSocketFeature
{
    private static long _lastId;

    private readonly SocketLoop _loop;
    private readonly LoopReader _reader;
    private readonly int _descriptor;
    private readonly long _token;
    private Outbox? _outbox;
    private string? _id;
    private PipeWriter? _output;
    private IFeatureCollection? _features;

    public LoopConnection(Socket socket, SocketLoop loop)
    {
        Socket = socket;
        _loop = loop;
        _descriptor = (int)socket.Handle;
        _reader = new LoopReader(_descriptor, loop);
        _token = loop.Add(this, _descriptor);
    }

    public Socket Socket { get; }

    public override string ConnectionId
    {
        get => _id ??= Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        set => _id = value;
    }

    public override IFeatureCollection Features => _features ??= new FeatureCollection();

    /// <summary>True if it has features: most have none, and no collection of them.</summary>
    public bool HasFeatures => _features is not null;

    public override IDictionary<object, object?> Items { get => field ??= new Dictionary<object, object?>(); set; }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException("The connection is its own transport.");
    }

    public PipeReader Input => _reader;

    /// <summary>For who needs a pipe, such as TLS; line protocols send from their outbox.</summary>
    public PipeWriter Output => _output ??= PipeWriter.Create(new NetworkStream(Socket));

    /// <summary>Layer that is told first that the socket takes bytes again, and may be read through; set before anything is sent.</summary>
    public ISocketLayer? Layer { get; set => Volatile.Write(ref field, value); }

    /// <summary>The outbox that goes on when the socket takes bytes again.</summary>
    public Outbox Sending { set => Volatile.Write(ref _outbox, value); }

    /// <summary>The socket's, unless a proxy has said whom it speaks for.</summary>
    public override EndPoint? RemoteEndPoint { get => field ?? Socket.RemoteEndPoint; set; }

    /// <summary>The socket's, unless a proxy has said where it was reached.</summary>
    public override EndPoint? LocalEndPoint { get => field ?? Socket.LocalEndPoint; set; }

    /// <inheritdoc cref="SocketLoop.Schedule"/>
    public void Schedule(Action<object?> action, object? state) => _loop.Schedule(action, state);

    public void Open(Outbox outbox)
    {
        Sending = outbox;
        outbox.Open(this);
    }

    /// <inheritdoc cref="LoopReader.ReadThrough"/>
    public void ReadThroughLayer() => _reader.ReadThrough(Layer!);

    /// <inheritdoc cref="LoopReader.Unread"/>
    public void Unread(ReadOnlySpan<byte> bytes) => _reader.Unread(bytes);

    /// <summary>
    /// Lets go of the socket, which stays open: for somebody else who goes on with it. The outbox has ended, and nobody is reading. It is disposed
    /// of as ever.
    /// </summary>
    /// <returns>The bytes that were received and not taken, and a descriptor of the socket.</returns>
    public (byte[] Unread, int Descriptor) HandOver()
    {
        _loop.Remove(_token);
        return (_reader.TakeUnread(), Libc.Duplicate(_descriptor));
    }

    public Task FinishAsync() => _outbox!.WhenSentAsync();

    public int Write(ReadOnlySpan<byte> bytes)
    {
        var sent = Libc.Send(_descriptor, bytes);
        return sent >= 0 ? sent : sent is -Libc.Again or -Libc.Interrupted ? 0 : -1;
    }

    /// <summary>On the loop's thread: the socket is ready for something.</summary>
    public void OnReady(SocketEvents what)
    {
        if (what.HasFlag(SocketEvents.Writable))
        {
            Layer?.OnWritable();
            Volatile.Read(ref _outbox)?.Resume();
        }

        if ((what & (SocketEvents.Readable | SocketEvents.Ended)) != SocketEvents.None)
        {
            _reader.OnReadable((what & SocketEvents.Ended) != SocketEvents.None);
        }

        if ((what & SocketEvents.Gone) != SocketEvents.None)
        {
            // What it has said counts still; what it would be answered is for nobody.
            Volatile.Read(ref _outbox)?.Abort();
        }
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        try
        {
            // The loop is told by the socket itself, and whoever reads finds the end.
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }

    public override ValueTask DisposeAsync()
    {
        _loop.Remove(_token);
        Socket.Dispose();
        return base.DisposeAsync();
    }
}
