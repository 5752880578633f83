using Parley.Core.Broker.Sessions;
using Parley.Core.Queries;

namespace Parley.Core.Broker;

/// <summary>The sessions whose connections end at this machine, by their ids.</summary>
/// <remarks>
/// A hash table with open addressing whose slots are the sessions themselves, which know their ids: every message looks its session up, and a
/// general table would have an object a session more, to keep and to touch. Whoever looks takes no lock; changes take turns.
/// </remarks>
internal sealed class SessionTable
{
    private const int MinSlots = 16;

    // Where a session was whose slot others were looked for behind.
    private static readonly object Gone = new();

    // Guards changes. A slot that is empty ends each search, so a quarter of them always is.
    private readonly Lock _gate = new();
    private object?[] _slots = new object?[MinSlots];
    private int _taken;
    private int _count;
    private long _last;

    /// <summary>Gives a session its id. The second time it keeps the one it has.</summary>
    public SessionId Add(Session session)
    {
        if (session.Id == default)
        {
            Add(session, new SessionId(Interlocked.Increment(ref _last)));
        }

        return session.Id;
    }

    /// <summary>Makes a session known by an id that it has from elsewhere.</summary>
    public void Add(Session session, SessionId id)
    {
        lock (_gate)
        {
            Remove(session);
            if (Find(id) is { } other)
            {
                Remove(other);
            }

            session.Id = id;
            if ((_taken + 1) * 4 > _slots.Length * 3)
            {
                Rebuild();
            }

            Put(_slots, session);
            (_taken, _count) = (_taken + 1, _count + 1);
        }
    }

    /// <summary>All of them, in no particular order.</summary>
    public IEnumerable<Session> All() => Volatile.Read(ref _slots).OfType<Session>();

    public Session? Find(SessionId id)
    {
        var slots = Volatile.Read(ref _slots);
        var mask = slots.Length - 1;
        for (var slot = FirstSlot(id, mask); Volatile.Read(ref slots[slot]) is { } found; slot = (slot + 1) & mask)
        {
            // One that was removed meanwhile has the id of nobody.
            if (found is Session session && session.Id == id)
            {
                return id == default ? null : session;
            }
        }

        return null;
    }

    public void Remove(Session session)
    {
        lock (_gate)
        {
            var mask = _slots.Length - 1;
            for (var slot = FirstSlot(session.Id, mask); _slots[slot] is { } found; slot = (slot + 1) & mask)
            {
                if (found == session)
                {
                    Empty(slot, mask);
                    session.Id = default;
                    return;
                }
            }
        }
    }

    private static int FirstSlot(SessionId id, int mask) => (int)(((ulong)id.Value * 0x9E3779B97F4A7C15) >> 32) & mask;

    private static void Put(object?[] slots, Session session)
    {
        var mask = slots.Length - 1;
        var slot = FirstSlot(session.Id, mask);
        while (slots[slot] is not null)
        {
            slot = (slot + 1) & mask;
        }

        Volatile.Write(ref slots[slot], session);
    }

    /// <summary>Takes a session out. Where no search goes on behind it, what is left of it and of those that have gone before it is taken out, too.</summary>
    private void Empty(int slot, int mask)
    {
        _count--;
        Volatile.Write(ref _slots[slot], Gone);
        if (_slots[(slot + 1) & mask] is not null)
        {
            return;
        }

        for (; _slots[slot] == Gone; slot = (slot - 1) & mask)
        {
            Volatile.Write(ref _slots[slot], null);
            _taken--;
        }
    }

    /// <summary>Moves all to slots of which at most half are taken. Searches that have begun go on in the old ones.</summary>
    private void Rebuild()
    {
        var length = MinSlots;
        while (length < (_count + 1) * 2)
        {
            length *= 2;
        }

        var slots = new object?[length];
        foreach (var session in All())
        {
            Put(slots, session);
        }

        _taken = _count;
        Volatile.Write(ref _slots, slots);
    }
}
