namespace Parley.Server.Transport.Loop;

/// <summary>The connections of a loop by token. A token is used again, but never for a different connection: events may be late.</summary>
internal sealed class ConnectionTable
{
    private readonly Lock _gate = new();
    private readonly Stack<int> _free = new();
    private LoopConnection?[] _slots = new LoopConnection?[64];
    private uint[] _uses = new uint[64];
    private int _count = 1;

    public long Add(LoopConnection connection)
    {
        lock (_gate)
        {
            if (!_free.TryPop(out var slot))
            {
                slot = _count++;
                if (slot == _slots.Length)
                {
                    Array.Resize(ref _uses, slot * 2);
                    Array.Resize(ref _slots, slot * 2);
                }
            }

            _slots[slot] = connection;
            return ((long)_uses[slot] << 32) | (uint)slot;
        }
    }

    public void Remove(long token)
    {
        lock (_gate)
        {
            var slot = (int)(uint)token;
            if (_uses[slot] != (uint)(token >>> 32))
            {
                // Twice: the slot is free, or somebody else's by now.
                return;
            }

            _slots[slot] = null;
            _uses[slot]++;
            _free.Push(slot);
        }
    }

    public LoopConnection? Find(long token)
    {
        lock (_gate)
        {
            var slot = (int)(uint)token;
            return _uses[slot] == (uint)(token >>> 32) ? _slots[slot] : null;
        }
    }
}
