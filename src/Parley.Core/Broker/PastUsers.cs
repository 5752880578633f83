using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Queries;

namespace Parley.Core.Broker;

/// <summary>The last users who gave up a name or left. Bounded: the newest take the place of the oldest.</summary>
internal sealed class PastUsers
{
    private const int Capacity = 1024;

    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly Queue<PastUser> _past = new();

    public void Add(in Actor user, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_past.Count == Capacity)
            {
                _past.Dequeue();
            }

            _past.Enqueue(new PastUser(user, until));
        }
    }

    /// <summary>Those who wore the name, the last one first.</summary>
    public PastUser[] Find(UserName name)
    {
        lock (_gate)
        {
            return [.. _past.Where(past => past.Actor.Name == name).Reverse()];
        }
    }
}
