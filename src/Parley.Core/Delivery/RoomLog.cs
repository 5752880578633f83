using System.Buffers;
using Parley.Core.Events;

namespace Parley.Core.Delivery;

/// <summary>
/// A room's events in the bytes of one flavor, as far back as some member still has to be given them, and the members
/// that read it. Guarded by the room's gate, but for what a <see cref="LogHead"/> gives access to.
/// </summary>
/// <remarks>
/// Blocks are filled to the end while anyone still refers to them, so that a slow reader pins about as many bytes as it
/// has to read; once nobody does, the log gives its last block back, so that a quiet room holds none.
/// </remarks>
/// <param name="flavor">The flavor.</param>
/// <param name="lastNumber">The number of the room's last event so far.</param>
internal sealed class RoomLog(Flavor flavor, long lastNumber) : IBufferWriter<byte>
{
    private readonly List<Subscription> _readers = [];
    private Subscription[]? _readersSnapshot;
    private LogBlock? _firstBlock;
    private LogBlock? _lastBlock;
    private LogMark? _firstMark;
    private LogMark? _lastMark;
    private LogPlace _end = new(0, 0, lastNumber);
    private long _flushed;
    private int _walks;
    private int _entryBytes;

    public Flavor Flavor { get; } = flavor;

    /// <summary>The way to the node where all who read this log are; null if they are here.</summary>
    public INodeFeed? Node { get; } = (flavor as NodeFlavor)?.Feed;

    public LogHead Head => new(_end, _firstBlock, _firstMark);

    /// <summary>Bytes that were appended and not yet moved to all members' outboxes.</summary>
    public long UnflushedBytes => _end.Position - _flushed;

    /// <summary>Count of the room's events that all who read here were given; they may have been given more.</summary>
    public long Given { get; set; }

    /// <summary>For readers at a node: true if it was told something since it was last asked to give them all there is.</summary>
    public bool IsNodeBehind { get; set; }

    public bool HasReaders => _readers.Count > 0;

    /// <summary>The members that read this log, as an array that later joins and leaves do not touch.</summary>
    public Subscription[] Readers => _readersSnapshot ??= [.. _readers];

    /// <summary>Encodes an event behind the last one. With an audience, it is shown to those only whom that lets through.</summary>
    public void Append(RoomEvent entry, OncePerSession? audience)
    {
        _entryBytes = 0;
        Flavor.Encode(entry, this);
        if (_entryBytes == 0)
        {
            return;
        }

        var end = new LogPlace(_end.Position + _entryBytes, _end.Entries + 1, Math.Max(_end.Number, entry.Number));
        if (audience is not null)
        {
            Add(new LogMark(_end, end, audience));
        }

        _lastBlock!.Length += _entryBytes;
        _end = end;
    }

    public void Add(Subscription reader)
    {
        reader.Slot = _readers.Count;
        _readers.Add(reader);
        _readersSnapshot = null;
        reader.Follow(this);
    }

    public void Remove(Subscription reader)
    {
        var last = _readers[^1];
        _readers[reader.Slot] = last;
        last.Slot = reader.Slot;
        _readers.RemoveAt(_readers.Count - 1);
        _readersSnapshot = null;
        reader.End();
    }

    /// <summary>Where somebody who will walk the log without the room's gate is to stop. The blocks stay until it has ended its walk.</summary>
    public LogHead BeginWalk()
    {
        _walks++;
        return Head;
    }

    /// <summary>
    /// Every member was given everything before <paramref name="position"/>: lets go of what nobody needs any more. While
    /// others walk, that waits for the last of them: they may stand on any block, and go on to the next from there.
    /// </summary>
    public void EndWalk(long position)
    {
        _flushed = Math.Max(_flushed, position);
        if (--_walks > 0)
        {
            return;
        }

        while (_firstBlock is not null && _firstBlock != _lastBlock && _firstBlock.Start.Position + _firstBlock.Length <= _flushed)
        {
            var next = _firstBlock.Next;
            _firstBlock.Release();
            _firstBlock = next;
        }

        if (_flushed == _end.Position && _firstBlock is { IsUnshared: true })
        {
            _firstBlock.Release();
            _firstBlock = _lastBlock = null;
        }

        while (_firstMark is not null && _firstMark.End.Position <= _flushed)
        {
            _firstMark = _firstMark.Next;
        }

        if (_firstMark is null)
        {
            // A mark knows the sessions that have seen it, and would keep them all from being collected.
            _lastMark = null;
        }
    }

    /// <summary>Nobody reads the log any more.</summary>
    public void Clear()
    {
        for (var block = _firstBlock; block is not null;)
        {
            var next = block.Next;
            block.Release();
            block = next;
        }

        _firstBlock = _lastBlock = null;
    }

    void IBufferWriter<byte>.Advance(int count) => _entryBytes += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        var used = Reserve(sizeHint);
        return _lastBlock!.Bytes.AsMemory(used);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        var used = Reserve(sizeHint);
        return _lastBlock!.Bytes.AsSpan(used);
    }

    /// <summary>Makes room for more bytes of the entry in hand, moving it to a new block if need be: an entry never spans two.</summary>
    private int Reserve(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_lastBlock is null)
        {
            _firstBlock = _lastBlock = LogBlockPool.Rent(wanted, _end);
        }
        else if (_lastBlock.Bytes.Length - _lastBlock.Length - _entryBytes < wanted)
        {
            var next = LogBlockPool.Rent(_entryBytes + wanted, _end);
            _lastBlock.Bytes.AsSpan(_lastBlock.Length, _entryBytes).CopyTo(next.Bytes);
            _lastBlock.Next = next;
            _lastBlock = next;
        }

        return _lastBlock.Length + _entryBytes;
    }

    private void Add(LogMark mark)
    {
        if (_firstMark is null)
        {
            _firstMark = mark;
        }
        else
        {
            _lastMark!.Next = mark;
        }

        _lastMark = mark;
    }
}
